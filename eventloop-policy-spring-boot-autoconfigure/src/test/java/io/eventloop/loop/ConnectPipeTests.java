package io.eventloop.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import io.eventloop.LoopFuture;
import io.eventloop.PipeConnection;
import io.eventloop.ReadPipeProtocol;
import io.eventloop.ReadTransport;
import io.eventloop.WritePipeProtocol;
import io.eventloop.WriteTransport;
import io.eventloop.posix.Descriptors;
import io.eventloop.posix.Descriptors.Pipe;
import io.eventloop.posix.RedirectFile;
import io.eventloop.selector.DescriptorSelectorKind;
import io.eventloop.testsupport.Proc;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(30)
@ParameterizedClass
@EnumSource
class ConnectPipeTests {

	private final EventLoop loop;

	private final List<ExceptionContext> errors = new CopyOnWriteArrayList<>();

	private Pipe pipe;

	private String target;

	ConnectPipeTests(DescriptorSelectorKind kind) {
		this.loop = new SelectorEventLoop(kind.open());
		this.loop.setExceptionHandler((failed, context) -> this.errors.add(context));
	}

	@BeforeEach
	void openPipe() throws IOException {
		this.pipe = Descriptors.pipe();
		this.target = Proc.descriptor(this.pipe.readEnd());
	}

	@AfterEach
	void closeLoop() {
		this.loop.close();
	}

	@Test
	@DisplayName("S122 S123 S125 a descriptor is read: connected, then the future is done, then data and end are told")
	void readsADescriptor() throws IOException {
		write(3);
		Reading protocol = new Reading();
		LoopFuture<PipeConnection<ReadTransport, Reading>> connecting = this.loop.connectReadPipe(() -> protocol,
				this.pipe.readEnd());
		connecting.whenComplete((connection, failure) -> protocol.events.add("done"));
		PipeConnection<ReadTransport, Reading> connection = this.loop.runUntilComplete(connecting);
		assertThat(connection.protocol()).isSameAs(protocol);
		assertThat(protocol.events).startsWith("made").contains("done");
		assertThat(protocol.transport).isSameAs(connection.transport());
		assertThatIllegalStateException().isThrownBy(() -> this.loop.addReader(this.pipe.readEnd(), () -> {
		})).withMessageContaining("used by a transport");
		Descriptors.close(this.pipe.writeEnd());
		runUntil(() -> protocol.lost);
		assertThat(protocol.events).containsExactlyInAnyOrder("made", "done", "data 3", "eof", "lost");
		assertThat(protocol.events).containsSubsequence("made", "data 3", "eof", "lost");
		assertThat(Proc.descriptor(this.pipe.readEnd())).isNotEqualTo(this.target);
		assertThat(this.errors).isEmpty();
	}

	@Test
	@DisplayName("S123 S130 S137 S138 a descriptor is written to, with limits, and closed by its transport")
	void writesToADescriptor() throws IOException {
		Writing protocol = new Writing();
		PipeConnection<WriteTransport, Writing> connection = this.loop
			.runUntilComplete(this.loop.connectWritePipe(() -> protocol, this.pipe.writeEnd()));
		WriteTransport transport = connection.transport();
		transport.setWriteBufferLimits(8);
		transport.write(new byte[64 * 1024 + 9]);
		assertThat(protocol.events).containsExactly("made", "pause");
		assertThat(transport.getWriteBufferSize()).isEqualTo(9);
		Descriptors.read(this.pipe.readEnd(), ByteBuffer.allocateDirect(64 * 1024));
		runUntil(() -> transport.getWriteBufferSize() == 0);
		assertThat(protocol.events).containsExactly("made", "pause", "resume");
		transport.close();
		runUntil(() -> protocol.events.contains("lost"));
		assertThat(Proc.descriptor(this.pipe.writeEnd())).isNotEqualTo(this.target);
		Descriptors.close(this.pipe.readEnd());
	}

	@Test
	@DisplayName("S128 reading is paused and resumed")
	void pausesReading() throws IOException {
		Reading protocol = new Reading();
		ReadTransport transport = connect(protocol);
		transport.pauseReading();
		write(2);
		runOnce();
		assertThat(protocol.events).containsExactly("made");
		transport.resumeReading();
		runUntil(() -> protocol.events.contains("data 2"));
		transport.close();
		runUntil(() -> protocol.lost);
		Descriptors.close(this.pipe.writeEnd());
	}

	@Test
	@DisplayName("S122 a file and a descriptor that is not open are refused, in the future; a file remains the caller's")
	void refusesWhatCannotBeWaitedFor(@TempDir Path directory) throws IOException {
		int file = RedirectFile.toWrite(directory.resolve("file").toFile());
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> this.loop.runUntilComplete(this.loop.connectReadPipe(Reading::new, file)))
			.withCauseInstanceOf(IllegalArgumentException.class)
			.withMessageContaining("pipes, sockets and character devices");
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> this.loop.runUntilComplete(this.loop.connectWritePipe(Writing::new, file)))
			.withCauseInstanceOf(IllegalArgumentException.class);
		assertThat(Descriptors.isOpen(file)).isTrue();
		Descriptors.close(file);
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> this.loop.runUntilComplete(this.loop.connectReadPipe(Reading::new, -1)))
			.withCauseInstanceOf(IOException.class)
			.withMessageContaining("EBADF");
		closePipe();
	}

	@Test
	@DisplayName("S109 a descriptor that a transport has is refused, and remains that transport's")
	void refusesWhatATransportHas() throws IOException {
		Reading protocol = new Reading();
		ReadTransport transport = connect(protocol);
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> this.loop.runUntilComplete(this.loop.connectReadPipe(Reading::new, this.pipe.readEnd())))
			.withCauseInstanceOf(IllegalStateException.class)
			.withMessageContaining("used by a transport");
		assertThat(transport.isReading()).isTrue();
		transport.close();
		runUntil(() -> protocol.lost);
		Descriptors.close(this.pipe.writeEnd());
	}

	@Test
	@DisplayName("S105 S109 a reader whose descriptor was closed unannounced hears nothing of the next one of its number")
	void replacesAForgottenReader() throws IOException {
		int number = this.pipe.readEnd();
		Runnable stale = () -> this.errors.add(ExceptionContext.of("stale", new AssertionError(), "", ""));
		this.loop.addReader(number, stale);
		this.loop.addWriter(number, stale);
		closePipe();
		this.pipe = Descriptors.pipe();
		assumeTrue(this.pipe.readEnd() == number, "the number was taken by other code");
		Reading protocol = new Reading();
		ReadTransport transport = connect(protocol);
		write(1);
		runUntil(() -> protocol.events.contains("data 1"));
		assertThat(this.errors).isEmpty();
		transport.close();
		runUntil(() -> protocol.lost);
		Descriptors.close(this.pipe.writeEnd());
	}

	@Test
	@DisplayName("S123 an error of connectionMade goes to the exception handler, and the pipe is connected all the same")
	void survivesAnErrorOfTheProtocol() throws IOException {
		Reading protocol = new Reading() {

			@Override
			public void connectionMade(ReadTransport made) {
				super.connectionMade(made);
				throw new IllegalArgumentException("on purpose");
			}

		};
		ReadTransport transport = connect(protocol);
		assertThat(this.errors).singleElement()
			.satisfies((context) -> assertThat(context.exception()).hasMessage("on purpose"));
		write(1);
		runUntil(() -> protocol.events.contains("data 1"));
		transport.close();
		runUntil(() -> protocol.lost);
		Descriptors.close(this.pipe.writeEnd());
	}

	@Test
	@DisplayName("S200 cancelled before it has begun, the descriptor remains the caller's; cancelled later, it is closed")
	void cancelling() {
		Reading protocol = new Reading();
		LoopFuture<?> never = this.loop.connectReadPipe(() -> protocol, this.pipe.readEnd());
		never.cancel(false);
		runOnce();
		assertThat(protocol.events).isEmpty();
		assertThat(Proc.descriptor(this.pipe.readEnd())).isEqualTo(this.target);
		LoopFuture<?> begun = this.loop.connectReadPipe(() -> protocol, this.pipe.readEnd());
		runOnce();
		assertThat(begun).isNotDone();
		begun.cancel(false);
		runUntil(() -> protocol.lost);
		assertThat(Proc.descriptor(this.pipe.readEnd())).isNotEqualTo(this.target);
		Descriptors.close(this.pipe.writeEnd());
	}

	@Test
	@DisplayName("S87 S88 a closed loop connects nothing, and one that closes first closes what it has begun")
	void closedLoop() {
		Reading protocol = new Reading();
		LoopFuture<?> begun = this.loop.connectReadPipe(() -> protocol, this.pipe.readEnd());
		runOnce();
		this.loop.close();
		assertThat(begun).isCompletedExceptionally();
		assertThat(protocol.events).containsExactly("made", "lost");
		assertThat(Proc.descriptor(this.pipe.readEnd())).isNotEqualTo(this.target);
		assertThatIllegalStateException()
			.isThrownBy(() -> this.loop.connectWritePipe(Writing::new, this.pipe.writeEnd()))
			.withMessageContaining("closed");
		Descriptors.close(this.pipe.writeEnd());
	}

	@Test
	@DisplayName("S91 what could not be written when the loop was closed does not keep the transport from closing")
	void closesAfterItsLoop() {
		int written = this.pipe.writeEnd();
		String writeTarget = Proc.descriptor(written);
		WriteTransport transport = this.loop.runUntilComplete(this.loop.connectWritePipe(Writing::new, written))
			.transport();
		transport.write(new byte[300_000]);
		this.loop.close();
		transport.close();
		assertThat(Proc.descriptor(written)).isNotEqualTo(writeTarget);
		Descriptors.close(this.pipe.readEnd());
	}

	private ReadTransport connect(Reading protocol) {
		return this.loop.runUntilComplete(this.loop.connectReadPipe(() -> protocol, this.pipe.readEnd())).transport();
	}

	private void write(int count) throws IOException {
		assertThat(Descriptors.write(this.pipe.writeEnd(), ByteBuffer.allocateDirect(count))).isEqualTo(count);
	}

	private void closePipe() {
		Descriptors.close(this.pipe.readEnd());
		Descriptors.close(this.pipe.writeEnd());
	}

	private void runUntil(BooleanSupplier condition) {
		while (!condition.getAsBoolean()) {
			runOnce();
		}
	}

	private void runOnce() {
		this.loop.stop();
		this.loop.runForever();
	}

	private static class Reading implements ReadPipeProtocol {

		final List<String> events = new CopyOnWriteArrayList<>();

		@Nullable ReadTransport transport;

		volatile boolean lost;

		@Override
		public void connectionMade(ReadTransport made) {
			this.transport = made;
			this.events.add("made");
		}

		@Override
		public void dataReceived(byte[] data) {
			this.events.add("data " + data.length);
		}

		@Override
		public void eofReceived() {
			this.events.add("eof");
		}

		@Override
		public void connectionLost(@Nullable Throwable exception) {
			this.events.add((exception != null) ? "lost " + exception : "lost");
			this.lost = true;
		}

	}

	private static final class Writing implements WritePipeProtocol {

		final List<String> events = new CopyOnWriteArrayList<>();

		@Override
		public void connectionMade(WriteTransport transport) {
			this.events.add("made");
		}

		@Override
		public void pauseWriting() {
			this.events.add("pause");
		}

		@Override
		public void resumeWriting() {
			this.events.add("resume");
		}

		@Override
		public void connectionLost(@Nullable Throwable exception) {
			this.events.add((exception != null) ? "lost " + exception : "lost");
		}

	}

}
