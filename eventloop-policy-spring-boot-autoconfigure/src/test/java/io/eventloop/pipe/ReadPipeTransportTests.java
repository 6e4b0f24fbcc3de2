package io.eventloop.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.eventloop.ReadPipeProtocol;
import io.eventloop.posix.Descriptors;
import io.eventloop.posix.RedirectFile;
import io.eventloop.selector.DescriptorSelectorKind;
import io.eventloop.testsupport.SteppedReactor;
import io.eventloop.testsupport.TestLibC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(30)
@ParameterizedClass
@EnumSource
class ReadPipeTransportTests {

	private final SteppedReactor reactor;

	private final RecordingPipeProtocol protocol = new RecordingPipeProtocol();

	private PipeFixture pipe;

	private ReadPipeTransport transport;

	ReadPipeTransportTests(DescriptorSelectorKind selector) {
		this.reactor = new SteppedReactor(selector);
	}

	@BeforeEach
	void connect() throws IOException {
		this.pipe = PipeFixture.weWrite();
		this.transport = new ReadPipeTransport(this.reactor, this.pipe.readEnd, this.protocol);
	}

	@AfterEach
	void closeAll() {
		this.protocol.thrown = null;
		this.transport.close();
		this.reactor.pass();
		this.reactor.close();
		this.pipe.close();
		assertThat(this.pipe.has(this.pipe.readEnd)).isFalse();
	}

	@Test
	@DisplayName("S122 a file is refused, and remains the caller's")
	void refusesAFile(@TempDir Path directory) throws IOException {
		int file = RedirectFile.toWrite(directory.resolve("file").toFile());
		assertThatIllegalArgumentException().isThrownBy(() -> new ReadPipeTransport(this.reactor, file, this.protocol))
			.withMessageContaining("Descriptor " + file)
			.withMessageContaining("pipes, sockets and character devices");
		assertThat(Descriptors.isOpen(file)).isTrue();
		assertThat(this.reactor.claimed).doesNotContain(file);
		Descriptors.close(file);
	}

	@Test
	@DisplayName("S122 the descriptor is made non-blocking")
	void makesTheDescriptorNonBlocking() throws IOException {
		assertThat(Descriptors.read(this.pipe.readEnd, ByteBuffer.allocateDirect(1))).isEqualTo(-1);
	}

	@Test
	@DisplayName("S123 the protocol is connected before anything is read")
	void connectsBeforeItReads() throws IOException {
		this.pipe.write(new byte[3]);
		this.reactor.pass();
		assertThat(this.protocol.events).isEmpty();
		this.transport.connect();
		assertThat(this.protocol.events).containsExactly("made");
		this.reactor.pass();
		assertThat(this.protocol.events).containsExactly("made", "data 3");
	}

	@Test
	@DisplayName("S124 at most 256 KiB are read per event, and delivered at once")
	void readsAtMost256KiBPerEvent() throws IOException {
		assertThat(TestLibC.C.fcntl(this.pipe.writeEnd, TestLibC.F_SETPIPE_SZ, 1 << 20)).isEqualTo(1 << 20);
		this.pipe.write(new byte[300 * 1024]);
		this.transport.connect();
		this.reactor.pass();
		assertThat(this.protocol.events).containsExactly("made", "data " + 256 * 1024);
		this.reactor.pass();
		assertThat(this.protocol.events).endsWith("data " + 44 * 1024);
	}

	@Test
	@DisplayName("What a protocol takes itself is not copied for it; the rest is, even if that is nothing")
	void fillableReaders() throws IOException {
		PipeFixture other = PipeFixture.weWrite();
		FillingProtocol filling = new FillingProtocol(5);
		ReadPipeTransport transport = new ReadPipeTransport(this.reactor, other.readEnd, filling);
		transport.connect();
		other.write("abcdefgh".getBytes());
		this.reactor.pass();
		assertThat(filling.taken).asString().isEqualTo("abcde");
		assertThat(filling.rests).containsExactly("fgh");
		other.write("ij".getBytes());
		this.reactor.pass();
		assertThat(filling.taken).asString().isEqualTo("ij");
		assertThat(filling.rests).containsExactly("fgh", "");
		transport.close();
		other.close();
		this.reactor.pass(2);
	}

	private static final class FillingProtocol implements ReadPipeProtocol, FillableReader {

		private final int most;

		private final List<String> rests = new ArrayList<>();

		private byte[] taken = {};

		FillingProtocol(int most) {
			this.most = most;
		}

		@Override
		public void fill(ByteBuffer data) {
			this.taken = new byte[Math.min(this.most, data.remaining())];
			data.get(this.taken);
		}

		@Override
		public void dataReceived(byte[] rest) {
			this.rests.add(new String(rest));
		}

	}

	@Test
	@DisplayName("S124 a pipe that is always full is made larger, and read in pieces, 256 KiB per event")
	void enlargesAFullPipe() throws IOException {
		this.transport.connect();
		fillAndRead(9);
		assertThat(capacity()).isEqualTo(256 * 1024);
		this.pipe.write(new byte[256 * 1024]);
		this.protocol.events.clear();
		this.reactor.pass();
		assertThat(this.protocol.events).containsExactly("data 65536", "data 65536", "data 65536", "data 65536");
		this.pipe.write(new byte[70_000]);
		this.protocol.events.clear();
		this.reactor.pass();
		assertThat(this.protocol.events).containsExactly("data 65536", "data 4464");
		this.pipe.write("ab".repeat(50_000).getBytes());
		this.protocol.data.clear();
		this.reactor.pass();
		assertThat(this.protocol.text()).isEqualTo("ab".repeat(50_000));
	}

	@Test
	@DisplayName("A pipe that is full now and then stays as it is, and so does one of another size")
	void leavesOtherPipesAlone() throws IOException {
		this.transport.connect();
		fillAndRead(8);
		this.pipe.write(new byte[1]);
		this.reactor.pass();
		fillAndRead(8);
		assertThat(capacity()).isEqualTo(PipeFixture.CAPACITY);
		TestLibC.C.fcntl(this.pipe.writeEnd, TestLibC.F_SETPIPE_SZ, 1 << 20);
		fillAndRead(9);
		assertThat(capacity()).isEqualTo(1 << 20);
	}

	@Test
	@DisplayName("A protocol that pauses after a piece of a large pipe gets no other one")
	void pausesBetweenPieces() throws IOException {
		this.transport.connect();
		fillAndRead(9);
		this.pipe.write(new byte[256 * 1024]);
		this.protocol.events.clear();
		this.protocol.onData = this.transport::pauseReading;
		this.reactor.pass();
		assertThat(this.protocol.events).containsExactly("data 65536");
	}

	@Test
	@DisplayName("No more than 32 pipes are large at a time")
	void fewPipesAreLarge() throws IOException {
		List<PipeFixture> pipes = new ArrayList<>();
		try {
			for (int i = 0; i < 33; i++) {
				PipeFixture other = PipeFixture.weWrite();
				pipes.add(other);
				new ReadPipeTransport(this.reactor, other.readEnd, this.protocol).connect();
				for (int read = 0; read < 9; read++) {
					other.write(new byte[PipeFixture.CAPACITY]);
					this.reactor.pass();
				}
			}
			assertThat(pipes).filteredOn((other) -> capacity(other) > PipeFixture.CAPACITY).hasSize(32);
		}
		finally {
			pipes.forEach(PipeFixture::close);
			this.reactor.pass(2);
		}
		this.transport.connect();
		fillAndRead(9);
		assertThat(capacity()).as("once others are closed").isEqualTo(256 * 1024);
	}

	private void fillAndRead(int times) throws IOException {
		for (int i = 0; i < times; i++) {
			this.pipe.write(new byte[PipeFixture.CAPACITY]);
			this.reactor.pass();
		}
	}

	private int capacity() {
		return capacity(this.pipe);
	}

	private static int capacity(PipeFixture pipe) {
		return TestLibC.C.fcntl(pipe.writeEnd, TestLibC.F_GETPIPE_SZ, 0);
	}

	@Test
	@DisplayName("S125 the end is told, then that the connection is lost, without an error")
	void tellsTheEnd() {
		this.transport.connect();
		this.pipe.closeOurs();
		this.reactor.pass(2);
		assertThat(this.protocol.events).containsExactly("made", "eof", "lost");
		assertThat(this.pipe.has(this.pipe.readEnd)).isFalse();
		assertThat(this.reactor.claimed).isEmpty();
		assertThat(this.transport).hasToString("ReadPipeTransport[fd=%d, closed]".formatted(this.pipe.readEnd));
	}

	@Test
	@DisplayName("S126 where there is nothing to read, nothing happens")
	void readsNothing() {
		this.transport.connect();
		this.reactor.readyToRead(this.pipe.readEnd);
		assertThat(this.protocol.events).containsExactly("made");
		assertThat(this.transport.isClosing()).isFalse();
	}

	@Test
	@DisplayName("S127 a read error is reported, and closes the transport")
	void reportsAReadError() throws IOException {
		try (PipeFixture other = PipeFixture.weRead()) {
			ReadPipeTransport broken = new ReadPipeTransport(this.reactor, other.writeEnd, this.protocol);
			broken.connect();
			this.reactor.readyToRead(other.writeEnd);
			assertThat(broken.isClosing()).isTrue();
			this.reactor.pass();
			assertThat(this.protocol.events).containsExactly("made", "lost PosixException");
			assertThat(this.reactor.errors).singleElement().satisfies((context) -> {
				assertThat(context.message()).contains("Cannot read");
				assertThat(context.exception()).isSameAs(this.protocol.lostBecause);
				assertThat(context.details()).containsEntry("transport", broken)
					.containsEntry("protocol", this.protocol);
			});
			assertThat(other.has(other.writeEnd)).isFalse();
		}
	}

	@Test
	@DisplayName("S128 reading pauses and resumes, however often it is told to")
	void pausesAndResumes() throws IOException {
		this.transport.connect();
		this.transport.pauseReading();
		this.transport.pauseReading();
		assertThat(this.transport.isReading()).isFalse();
		this.pipe.write(new byte[2]);
		this.reactor.pass();
		assertThat(this.protocol.events).containsExactly("made");
		this.transport.resumeReading();
		this.transport.resumeReading();
		assertThat(this.transport.isReading()).isTrue();
		this.reactor.pass();
		assertThat(this.protocol.events).containsExactly("made", "data 2");
	}

	@Test
	@DisplayName("S128 a transport paused by its protocol before it reads does not begin to")
	void maybePausedBeforeItReads() throws IOException {
		this.transport.pauseReading();
		this.transport.connect();
		this.pipe.write(new byte[2]);
		this.reactor.pass();
		assertThat(this.protocol.events).containsExactly("made");
	}

	@Test
	@DisplayName("S128 pausing and resuming do nothing once it is closing, or closed")
	void neitherPausesNorResumesWhileClosing() throws IOException {
		this.transport.connect();
		this.transport.pauseReading();
		this.transport.close();
		this.transport.resumeReading();
		assertThat(this.transport.isReading()).isFalse();
		this.pipe.write(new byte[2]);
		this.reactor.pass();
		this.transport.pauseReading();
		this.transport.resumeReading();
		assertThat(this.protocol.events).containsExactly("made", "lost");
		assertThat(this.reactor.watchesReading(this.pipe.readEnd)).isFalse();
	}

	@Test
	@DisplayName("S129 closing tells the protocol once, in the next pass; closing again does nothing")
	void closesOnce() {
		this.transport.connect();
		this.transport.close();
		this.transport.close();
		assertThat(this.protocol.events).containsExactly("made");
		this.reactor.pass();
		this.transport.close();
		this.reactor.pass();
		assertThat(this.protocol.events).containsExactly("made", "lost");
	}

	@Test
	@DisplayName("S129 the descriptor is closed even if the protocol throws")
	void closesTheDescriptorThoughTheProtocolThrows() {
		this.transport.connect();
		this.protocol.thrown = new IllegalArgumentException("on purpose");
		this.transport.close();
		this.reactor.pass();
		assertThat(this.reactor.errors).singleElement()
			.satisfies((context) -> assertThat(context.exception()).hasMessage("on purpose"));
		assertThat(this.pipe.has(this.pipe.readEnd)).isFalse();
	}

	@Test
	@DisplayName("S129 the loop lets go of the descriptor before it is closed")
	void releasesBeforeItCloses() {
		this.transport.connect();
		assertThat(this.reactor.claimed).containsExactly(this.pipe.readEnd);
		this.transport.close();
		this.reactor.pass();
		assertThat(this.reactor.claimed).isEmpty();
		assertThat(this.reactor.errors).isEmpty();
	}

	@Test
	@DisplayName("S91 a transport left over by a closed loop has a text form and can be closed")
	void survivesItsLoop() {
		this.transport.connect();
		this.reactor.close();
		assertThat(this.transport).hasToString("ReadPipeTransport[fd=%d, open, polling]".formatted(this.pipe.readEnd));
		this.transport.close();
		assertThat(this.protocol.events).containsExactly("made", "lost");
	}

}
