package io.eventloop.posix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

import io.eventloop.BrokenPipeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(20)
class DescriptorsTests {

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(64);

	private final TestPipe pipe = new TestPipe();

	DescriptorsTests() throws IOException {
	}

	@AfterEach
	void close() {
		this.pipe.close();
	}

	@Test
	void whatIsWrittenIsReadAndPositionsMove() throws IOException {
		this.buffer.putInt(4711).putInt(815).flip().position(4);
		assertThat(Descriptors.write(this.pipe.writeEnd(), this.buffer)).isEqualTo(4);
		assertThat(this.buffer.hasRemaining()).isFalse();
		this.buffer.clear().position(8);
		assertThat(Descriptors.read(this.pipe.readEnd(), this.buffer)).isEqualTo(4);
		assertThat(this.buffer.position()).isEqualTo(12);
		assertThat(this.buffer.getInt(8)).isEqualTo(815);
	}

	@Test
	void anEmptyPipeWouldBlock() throws IOException {
		Descriptors.setNonBlocking(this.pipe.readEnd());
		assertThat(Descriptors.read(this.pipe.readEnd(), this.buffer)).isEqualTo(-1);
		assertThat(this.buffer.position()).isZero();
	}

	@Test
	void aFullPipeWouldBlock() throws IOException {
		Descriptors.setNonBlocking(this.pipe.writeEnd());
		ByteBuffer much = ByteBuffer.allocateDirect(1 << 20);
		int taken = Descriptors.write(this.pipe.writeEnd(), much);
		assertThat(taken).isPositive().isLessThan(much.capacity());
		assertThat(Descriptors.write(this.pipe.writeEnd(), much)).isEqualTo(-1);
		assertThat(much.position()).isEqualTo(taken);
	}

	@Test
	void zeroIsTheEndOfTheFile() throws IOException {
		this.pipe.closeWriteEnd();
		assertThat(Descriptors.read(this.pipe.readEnd(), this.buffer)).isZero();
	}

	@Test
	void writingWhatNobodyReadsIsABrokenPipe() {
		this.pipe.closeReadEnd();
		assertThatExceptionOfType(BrokenPipeException.class)
			.isThrownBy(() -> Descriptors.write(this.pipe.writeEnd(), this.buffer))
			.withMessageContaining("The reader of descriptor " + this.pipe.writeEnd());
	}

	@Test
	void onlyDirectBuffersWithRoomAreRead() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Descriptors.read(this.pipe.readEnd(), ByteBuffer.allocate(8)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Descriptors.read(this.pipe.readEnd(), this.buffer.position(64)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Descriptors.write(this.pipe.writeEnd(), ByteBuffer.allocate(8)));
	}

	@Test
	void aClosedDescriptorIsNotOpenAndRefusesAll() {
		assertThat(Descriptors.isOpen(this.pipe.readEnd())).isTrue();
		// A number that no other thread is given meanwhile
		int fd = 1_000_000_000;
		assertThat(Descriptors.isOpen(fd)).isFalse();
		assertThatExceptionOfType(PosixException.class).isThrownBy(() -> Descriptors.read(fd, this.buffer))
			.withMessage("Cannot read from descriptor %d (EBADF: bad file descriptor)", fd);
		assertThatExceptionOfType(PosixException.class).isThrownBy(() -> Descriptors.kind(fd));
		assertThatExceptionOfType(PosixException.class).isThrownBy(() -> Descriptors.setNonBlocking(fd));
	}

	@Test
	void eachKindIsTold(@TempDir Path directory) throws IOException {
		assertThat(Descriptors.kind(this.pipe.readEnd())).isEqualTo(DescriptorKind.FIFO);
		assertThat(kindOf(RedirectFile.toNull())).isEqualTo(DescriptorKind.CHARACTER_DEVICE);
		Path file = Files.createFile(directory.resolve("file"));
		assertThat(kindOf(RedirectFile.toRead(file.toFile()))).isEqualTo(DescriptorKind.REGULAR_FILE);
		assertThat(kindOf(RedirectFile.toRead(directory.toFile()))).isEqualTo(DescriptorKind.OTHER);
		int socket = (int) LibC.C.syscall("aarch64".equals(System.getProperty("os.arch")) ? 198 : 41, 1, 1, 0, 0);
		assertThat(kindOf(socket)).isEqualTo(DescriptorKind.SOCKET);
	}

	private static DescriptorKind kindOf(int fd) throws IOException {
		try {
			return Descriptors.kind(fd);
		}
		finally {
			Descriptors.close(fd);
		}
	}

}
