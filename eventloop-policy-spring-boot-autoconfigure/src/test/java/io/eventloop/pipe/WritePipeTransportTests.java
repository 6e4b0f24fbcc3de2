package io.eventloop.pipe;

import java.io.IOException;
import java.nio.file.Path;

import io.eventloop.BrokenPipeException;
import io.eventloop.posix.Descriptors;
import io.eventloop.posix.RedirectFile;
import io.eventloop.selector.DescriptorSelectorKind;
import io.eventloop.testsupport.SteppedReactor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(30)
@ParameterizedClass
@EnumSource
@ExtendWith(OutputCaptureExtension.class)
class WritePipeTransportTests {

	private static final int CAPACITY = PipeFixture.CAPACITY;

	private final SteppedReactor reactor;

	private final RecordingPipeProtocol protocol = new RecordingPipeProtocol();

	private PipeFixture pipe;

	private WritePipeTransport transport;

	WritePipeTransportTests(DescriptorSelectorKind selector) {
		this.reactor = new SteppedReactor(selector);
	}

	@BeforeEach
	void connect() throws IOException {
		this.pipe = PipeFixture.weRead();
		this.transport = new WritePipeTransport(this.reactor, this.pipe.writeEnd, this.protocol);
		this.transport.connect();
		this.reactor.pass();
	}

	@AfterEach
	void closeAll() {
		this.protocol.thrown = null;
		this.transport.abort();
		this.reactor.pass();
		this.reactor.close();
		this.pipe.close();
		assertThat(this.pipe.has(this.pipe.writeEnd)).isFalse();
	}

	@Test
	@DisplayName("S122 a file is refused, and remains the caller's")
	void refusesAFile(@TempDir Path directory) throws IOException {
		int file = RedirectFile.toWrite(directory.resolve("file").toFile());
		assertThatIllegalArgumentException().isThrownBy(() -> new WritePipeTransport(this.reactor, file, this.protocol))
			.withMessageContaining("REGULAR_FILE");
		Descriptors.close(file);
	}

	@Test
	@DisplayName("S123 the protocol is connected first, and then the other side watched")
	void connects() {
		assertThat(this.protocol.events).containsExactly("made");
		assertThat(this.reactor.watchesReading(this.pipe.writeEnd)).isTrue();
	}

	@Test
	@DisplayName("S130 what the pipe takes is written at once")
	void writesAtOnce() throws IOException {
		this.transport.write("data".getBytes(UTF_8));
		assertThat(this.pipe.read()).asString().isEqualTo("data");
		assertThat(this.transport.getWriteBufferSize()).isZero();
		assertThat(this.reactor.watchesWriting(this.pipe.writeEnd)).isFalse();
	}

	@Test
	@DisplayName("S130 writing nothing does nothing, though the pipe is full")
	void ignoresEmptyWrites() {
		this.transport.write(new byte[CAPACITY]);
		this.transport.write(new byte[0]);
		assertThat(this.reactor.watchesWriting(this.pipe.writeEnd)).isFalse();
	}

	@Test
	@DisplayName("S130 the rest is buffered, a copy of it, and written in order when there is room")
	void buffersTheRest() throws IOException {
		byte[] data = new byte[CAPACITY + 10];
		data[CAPACITY] = 1;
		this.transport.write(data);
		data[CAPACITY] = 99;
		this.transport.write(new byte[] { 2, 3 });
		assertThat(this.transport.getWriteBufferSize()).isEqualTo(12);
		assertThat(this.reactor.watchesWriting(this.pipe.writeEnd)).isTrue();
		assertThat(this.pipe.read()).hasSize(CAPACITY);
		this.reactor.pass();
		assertThat(this.pipe.read()).containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3);
		assertThat(this.reactor.watchesWriting(this.pipe.writeEnd)).isFalse();
	}

	@Test
	@DisplayName("S131 a failed write closes the transport; later writes are counted, and warned of from the fifth")
	void countsLostWrites(CapturedOutput output) {
		this.pipe.closeOurs();
		this.transport.write(new byte[1]);
		assertThat(this.transport.isClosing()).isTrue();
		for (int i = 0; i < 4; i++) {
			this.transport.write(new byte[1]);
		}
		assertThat(output).doesNotContain("it is lost");
		this.transport.write(new byte[1]);
		assertThat(output).containsOnlyOnce("it is lost");
		this.reactor.pass();
		assertThat(this.protocol.events).containsExactly("made", "lost BrokenPipeException");
		assertThat(this.reactor.errors).as("a broken pipe is the protocol's business").isEmpty();
	}

	@Test
	@DisplayName("S132 a reader that has gone is noticed without writing, and is no error")
	void noticesThatTheReaderHasGone() {
		this.pipe.closeOurs();
		this.reactor.pass(2);
		assertThat(this.protocol.events).containsExactly("made", "lost");
		assertThat(this.pipe.has(this.pipe.writeEnd)).isFalse();
	}

	@Test
	@DisplayName("S132 it is a broken pipe when something is still to be written")
	void breaksWhenSomethingIsPending() {
		this.transport.write(new byte[2 * CAPACITY]);
		this.pipe.closeOurs();
		this.reactor.pass(2);
		assertThat(this.protocol.events).containsExactly("made", "lost BrokenPipeException");
		assertThat(this.protocol.lostBecause).isInstanceOf(BrokenPipeException.class)
			.hasMessageContaining("%d bytes were not written".formatted(CAPACITY));
		assertThat(this.transport.getWriteBufferSize()).isZero();
	}

	@Test
	@DisplayName("S133 a part of the buffer is written where there is room for a part")
	void flushesAPart() throws IOException {
		this.transport.write(new byte[3 * CAPACITY]);
		assertThat(this.pipe.read()).hasSize(CAPACITY);
		this.reactor.pass();
		assertThat(this.transport.getWriteBufferSize()).isEqualTo(CAPACITY);
		assertThat(this.reactor.watchesWriting(this.pipe.writeEnd)).isTrue();
	}

	@Test
	@DisplayName("S133 nothing is written where there is no room")
	void flushesNothing() {
		this.transport.write(new byte[2 * CAPACITY]);
		this.reactor.readyToWrite(this.pipe.writeEnd);
		assertThat(this.transport.getWriteBufferSize()).isEqualTo(CAPACITY);
		assertThat(this.transport.isClosing()).isFalse();
	}

	@Test
	@DisplayName("S133 an error while flushing drops the buffer and closes the transport")
	void failsToFlush() {
		this.transport.write(new byte[2 * CAPACITY]);
		this.pipe.closeOurs();
		this.reactor.readyToWrite(this.pipe.writeEnd);
		assertThat(this.transport.getWriteBufferSize()).isZero();
		assertThat(this.reactor.watchesWriting(this.pipe.writeEnd)).isFalse();
		this.reactor.pass();
		assertThat(this.protocol.events).containsExactly("made", "lost BrokenPipeException");
	}

	@Test
	@DisplayName("S134 closing writes the buffer first, and then tells the protocol")
	void closesOnceWritten() throws IOException {
		this.transport.write(new byte[CAPACITY + 10]);
		this.transport.close();
		this.transport.write(new byte[] { 99 });
		assertThat(this.transport.isClosing()).isTrue();
		this.reactor.pass();
		assertThat(this.protocol.events).containsExactly("made");
		assertThat(this.pipe.read()).hasSize(CAPACITY);
		this.reactor.pass();
		assertThat(this.protocol.events).containsExactly("made", "lost");
		assertThat(this.pipe.read()).hasSize(10);
		assertThat(this.pipe.isAtEnd()).isTrue();
	}

	@Test
	@DisplayName("S134 EOF is the same as closing, and once is enough")
	void eofCloses() throws IOException {
		this.transport.writeEof();
		this.transport.writeEof();
		this.transport.close();
		this.reactor.pass();
		assertThat(this.protocol.events).containsExactly("made", "lost");
		assertThat(this.pipe.isAtEnd()).isTrue();
	}

	@Test
	@DisplayName("S135 aborting drops the buffer")
	void abortDropsTheBuffer() throws IOException {
		this.transport.write(new byte[CAPACITY + 10]);
		this.transport.abort();
		this.transport.abort();
		assertThat(this.transport.getWriteBufferSize()).isZero();
		this.reactor.pass();
		assertThat(this.protocol.events).containsExactly("made", "lost");
		assertThat(this.pipe.read()).hasSize(CAPACITY);
		assertThat(this.pipe.isAtEnd()).isTrue();
	}

	@Test
	@DisplayName("S135 aborting also ends a transport that is closing with a full buffer")
	void abortEndsClosing() {
		this.transport.write(new byte[2 * CAPACITY]);
		this.transport.close();
		this.transport.abort();
		this.reactor.pass(2);
		assertThat(this.protocol.events).containsExactly("made", "lost");
	}

	@Test
	@DisplayName("S136 EOF can be written")
	void canWriteEof() {
		assertThat(this.transport.canWriteEof()).isTrue();
	}

	@Test
	@DisplayName("S129 the descriptor is closed even if the protocol throws")
	void closesTheDescriptorThoughTheProtocolThrows() {
		this.protocol.thrown = new IllegalArgumentException("on purpose");
		this.transport.close();
		this.reactor.pass();
		assertThat(this.reactor.errors).hasSize(1);
		assertThat(this.pipe.has(this.pipe.writeEnd)).isFalse();
	}

	@Test
	@DisplayName("S91 a transport left over by a closed loop has a text form and can be closed")
	void survivesItsLoop() {
		this.reactor.close();
		assertThat(this.transport)
			.hasToString("WritePipeTransport[fd=%d, open, idle, buffered=0]".formatted(this.pipe.writeEnd));
		this.transport.close();
		assertThat(this.protocol.events).containsExactly("made", "lost");
	}

}
