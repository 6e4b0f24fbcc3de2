package io.eventloop.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(20)
class EpollTests {

	private final TestPipe pipe = new TestPipe();

	private final Epoll epoll = new Epoll(4);

	EpollTests() throws IOException {
	}

	@AfterEach
	void close() {
		this.epoll.close();
		this.pipe.close();
	}

	@Test
	void nothingIsReadyBeforeSomethingIsWritten() throws IOException {
		this.epoll.add(this.pipe.readEnd(), Epoll.READ, 0);
		assertThat(this.epoll.await(0)).isZero();
		this.pipe.write();
		assertThat(this.epoll.await(-1)).isOne();
		assertThat(this.epoll.fd(0)).isEqualTo(this.pipe.readEnd());
		assertThat(this.epoll.readable(0)).isTrue();
		assertThat(this.epoll.writable(0)).isFalse();
		assertThat(this.epoll.hungUp(0)).isFalse();
		assertThat(this.epoll.error(0)).isFalse();
	}

	@Test
	void anEmptyPipeIsWritable() throws IOException {
		this.epoll.add(this.pipe.writeEnd(), Epoll.WRITE, 0);
		assertThat(this.epoll.await(-1)).isOne();
		assertThat(this.epoll.writable(0)).isTrue();
		assertThat(this.epoll.readable(0)).isFalse();
	}

	@Test
	void theOtherSidesEndIsToldEvenIfNothingWasAskedFor() throws IOException {
		this.epoll.add(this.pipe.readEnd(), 0, 0);
		this.pipe.closeWriteEnd();
		assertThat(this.epoll.await(-1)).isOne();
		assertThat(this.epoll.hungUp(0)).isTrue();
	}

	@Test
	void aPipeThatNobodyReadsHasAnError() throws IOException {
		this.epoll.add(this.pipe.writeEnd(), 0, 0);
		this.pipe.closeReadEnd();
		assertThat(this.epoll.await(-1)).isOne();
		assertThat(this.epoll.error(0)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE })
	void theGenerationComesBackWithTheEvent(int generation) throws IOException {
		this.epoll.add(this.pipe.writeEnd(), Epoll.WRITE, 5);
		this.epoll.modify(this.pipe.writeEnd(), Epoll.WRITE, generation);
		assertThat(this.epoll.await(-1)).isOne();
		assertThat(this.epoll.generation(0)).isEqualTo(generation);
		assertThat(this.epoll.fd(0)).isEqualTo(this.pipe.writeEnd());
	}

	@Test
	void severalEventsStandSideBySide() throws IOException {
		this.pipe.write();
		this.epoll.add(this.pipe.readEnd(), Epoll.READ, 1);
		this.epoll.add(this.pipe.writeEnd(), Epoll.WRITE, 2);
		assertThat(this.epoll.await(-1)).isEqualTo(2);
		for (int i = 0; i < 2; i++) {
			boolean reads = this.epoll.generation(i) == 1;
			assertThat(this.epoll.fd(i)).isEqualTo(reads ? this.pipe.readEnd() : this.pipe.writeEnd());
			assertThat(this.epoll.readable(i)).isEqualTo(reads);
			assertThat(this.epoll.writable(i)).isNotEqualTo(reads);
		}
	}

	@Test
	void whatExceedsTheCapacityComesNext() throws IOException {
		try (Epoll small = new Epoll(1)) {
			this.pipe.write();
			small.add(this.pipe.readEnd(), Epoll.READ, 1);
			small.add(this.pipe.writeEnd(), Epoll.WRITE, 2);
			assertThat(small.await(-1)).isOne();
			int first = small.generation(0);
			assertThat(small.await(-1)).isOne();
			assertThat(small.generation(0)).isEqualTo(3 - first);
		}
		assertThatIllegalArgumentException().isThrownBy(() -> new Epoll(0));
	}

	@Test
	void whatIsRemovedIsNotToldAnyMore() throws IOException {
		this.epoll.add(this.pipe.writeEnd(), Epoll.WRITE, 0);
		assertThat(this.epoll.remove(this.pipe.writeEnd())).isTrue();
		assertThat(this.epoll.remove(this.pipe.writeEnd())).isFalse();
		assertThat(this.epoll.await(0)).isZero();
	}

	@Test
	void aRegularFileIsRefused(@TempDir Path directory) throws IOException {
		int file = RedirectFile.toRead(Files.createFile(directory.resolve("file")).toFile());
		assertThatExceptionOfType(PosixException.class).isThrownBy(() -> this.epoll.add(file, Epoll.READ, 0))
			.withMessageContaining("EPERM")
			.withMessageContaining("always ready");
		Descriptors.close(file);
	}

	@Test
	void aDescriptorThatIsNotOpenIsRefused() {
		this.pipe.closeReadEnd();
		assertThatExceptionOfType(PosixException.class)
			.isThrownBy(() -> this.epoll.add(this.pipe.readEnd(), Epoll.READ, 0))
			.satisfies((ex) -> assertThat(ex.errnoName()).isEqualTo("EBADF"));
	}

	@Test
	void addingTwiceAndModifyingTheUnknownAreRefused() throws IOException {
		this.epoll.add(this.pipe.readEnd(), Epoll.READ, 0);
		assertThatExceptionOfType(PosixException.class)
			.isThrownBy(() -> this.epoll.add(this.pipe.readEnd(), Epoll.READ, 0))
			.satisfies((ex) -> assertThat(ex.errnoName()).isEqualTo("EEXIST"));
		assertThatExceptionOfType(PosixException.class)
			.isThrownBy(() -> this.epoll.modify(this.pipe.writeEnd(), Epoll.READ, 0))
			.satisfies((ex) -> assertThat(ex.errnoName()).isEqualTo("ENOENT"));
	}

	@Test
	void aClosedInstanceRefusesToWait() {
		this.epoll.close();
		this.epoll.close();
		assertThatExceptionOfType(PosixException.class).isThrownBy(() -> this.epoll.await(0))
			.withMessageContaining("EBADF");
	}

}
