package io.eventloop.oracle;

import java.io.IOException;

import io.eventloop.EventLoop;
import io.eventloop.ReadPipeProtocol;
import io.eventloop.ReadTransport;
import io.eventloop.WritePipeProtocol;
import io.eventloop.WriteTransport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What {@code pipes.py} does.
 */
final class PipesScenarios {

	private PipesScenarios() {
	}

	@DisplayName("S123 S124 S125 data, then the end, then the loss")
	static void dataThenEndThenLoss(Scene scene) throws IOException {
		Reading reading = Reading.of(scene);
		reading.pipe.write("hello");
		reading.pipe.closeWriteEnd();
		passes(scene, reading.loop);
		scene.say(reading.transport.isClosing());
	}

	@DisplayName("S124 data arrives as it is written")
	static void dataArrivesAsItIsWritten(Scene scene) throws IOException {
		Reading reading = Reading.of(scene);
		for (String text : new String[] { "one", "two" }) {
			reading.pipe.write(text);
			passes(scene, reading.loop);
		}
		reading.pipe.closeWriteEnd();
		passes(scene, reading.loop);
	}

	@DisplayName("S129 closing loses once, without an end")
	static void closingLosesWithoutAnEnd(Scene scene) throws IOException {
		Reading reading = Reading.of(scene);
		reading.pipe.write("unread");
		reading.transport.close();
		reading.transport.close();
		scene.say("closing", reading.transport.isClosing());
		passes(scene, reading.loop);
		reading.pipe.closeWriteEnd();
	}

	@DisplayName("S128 paused reading waits, however often it is paused and resumed")
	static void pausedReadingWaits(Scene scene) throws IOException {
		Reading reading = Reading.of(scene);
		reading.transport.pauseReading();
		reading.transport.pauseReading();
		scene.say(reading.transport.isReading());
		reading.pipe.write("later");
		passes(scene, reading.loop);
		reading.transport.resumeReading();
		reading.transport.resumeReading();
		scene.say(reading.transport.isReading());
		passes(scene, reading.loop);
		reading.transport.close();
		passes(scene, reading.loop);
		reading.pipe.closeWriteEnd();
	}

	@DisplayName("S130 S134 S136 writing goes through at once; closing ends the pipe")
	static void writingGoesThroughAtOnce(Scene scene) throws IOException {
		Writing writing = Writing.of(scene);
		writing.transport.write("hello".getBytes(UTF_8));
		writing.transport.write(new byte[0]);
		scene.say(writing.pipe.read(100), writing.transport.getWriteBufferSize(), writing.transport.canWriteEof());
		writing.transport.close();
		scene.say("closing", writing.transport.isClosing());
		passes(scene, writing.loop);
		scene.say("end", writing.pipe.read(100));
		writing.pipe.closeReadEnd();
	}

	@DisplayName("S133 S134 the end waits for what is buffered")
	static void eofWaitsForWhatIsBuffered(Scene scene) throws IOException {
		Writing writing = Writing.of(scene);
		writing.transport.write(new byte[200_000]);
		writing.transport.writeEof();
		writing.transport.writeEof();
		scene.say("closing", writing.transport.isClosing());
		passes(scene, writing.loop);
		int count = 0;
		for (int length = -1; length != 0; count += length) {
			length = writing.pipe.read(65536).length;
			scene.runOnce(writing.loop);
		}
		scene.say(count);
		passes(scene, writing.loop);
		writing.pipe.closeReadEnd();
	}

	@DisplayName("S132 a reader that goes is told")
	static void readerThatGoesIsTold(Scene scene) throws IOException {
		Writing writing = Writing.of(scene);
		writing.pipe.closeReadEnd();
		passes(scene, writing.loop);
		scene.say(writing.transport.isClosing());
	}

	@DisplayName("S131 S132 a reader that goes while data is pending is an error")
	static void readerThatGoesWithDataPendingIsAnError(Scene scene) throws IOException {
		Writing writing = Writing.of(scene);
		writing.transport.setWriteBufferLimits(1_000_000);
		writing.transport.write(new byte[200_000]);
		writing.pipe.closeReadEnd();
		passes(scene, writing.loop);
		scene.say(writing.transport.isClosing());
	}

	@DisplayName("S135 aborting drops what is buffered")
	static void abortingDropsWhatIsBuffered(Scene scene) throws IOException {
		Writing writing = Writing.of(scene);
		writing.transport.setWriteBufferLimits(1_000_000);
		writing.transport.write(new byte[65536 + 7]);
		writing.transport.abort();
		scene.say("closing", writing.transport.isClosing());
		passes(scene, writing.loop);
		writing.pipe.closeReadEnd();
	}

	@DisplayName("S135 aborting a closed pipe tells the protocol nothing more")
	static void abortingAClosedPipe(Scene scene) throws IOException {
		Writing writing = Writing.of(scene);
		writing.transport.close();
		writing.transport.abort();
		passes(scene, writing.loop);
		writing.pipe.closeReadEnd();
	}

	@DisplayName("S138 writing pauses over the high limit and resumes at the low one, once each")
	static void writingPausesAndResumes(Scene scene) throws IOException {
		Writing writing = Writing.of(scene);
		writing.transport.setWriteBufferLimits(10, 5);
		writing.transport.write(new byte[65536]);
		writing.transport.write(new byte[10]);
		scene.say("full", writing.transport.getWriteBufferSize());
		writing.transport.write(new byte[1]);
		writing.transport.write(new byte[1]);
		scene.say("over", writing.transport.getWriteBufferSize());
		writing.pipe.read(65536);
		passes(scene, writing.loop);
		scene.say("empty", writing.transport.getWriteBufferSize());
		writing.transport.close();
		passes(scene, writing.loop);
		writing.pipe.closeReadEnd();
	}

	@DisplayName("S137 limits that make no sense are refused")
	static void limitsMustMakeSense(Scene scene) throws IOException {
		Writing writing = Writing.of(scene);
		scene.attempt("low over high", () -> writing.transport.setWriteBufferLimits(1, 2));
		scene.attempt("negative", () -> writing.transport.setWriteBufferLimits(1, -1));
		writing.transport.close();
		passes(scene, writing.loop);
		writing.pipe.closeReadEnd();
	}

	@DisplayName("S129 a protocol that fails is told the loss all the same")
	static void protocolThatFailsIsToldTheLoss(Scene scene) throws IOException {
		EventLoop loop = scene.newLoop();
		loop.setExceptionHandler((failed, context) -> scene.say("handler:", context.exception()));
		RawPipe pipe = RawPipe.open();
		loop.runUntilComplete(loop.connectReadPipe(() -> new Teller(scene) {

			@Override
			public void dataReceived(byte[] data) {
				super.dataReceived(data);
				throw new IllegalArgumentException();
			}

			@Override
			public void connectionLost(@Nullable Throwable exception) {
				super.connectionLost(exception);
				throw new IllegalArgumentException();
			}

		}, pipe.readEnd()));
		pipe.write("hello");
		passes(scene, loop);
		pipe.closeWriteEnd();
		passes(scene, loop);
	}

	private static void passes(Scene scene, EventLoop loop) {
		for (int i = 0; i < 3; i++) {
			scene.runOnce(loop);
		}
	}

	private record Reading(EventLoop loop, RawPipe pipe, ReadTransport transport) {

		static Reading of(Scene scene) throws IOException {
			EventLoop loop = scene.newLoop();
			RawPipe pipe = RawPipe.open();
			return new Reading(loop, pipe,
					loop.runUntilComplete(loop.connectReadPipe(() -> new Teller(scene), pipe.readEnd())).transport());
		}

	}

	private record Writing(EventLoop loop, RawPipe pipe, WriteTransport transport) {

		static Writing of(Scene scene) throws IOException {
			EventLoop loop = scene.newLoop();
			RawPipe pipe = RawPipe.open();
			return new Writing(loop, pipe,
					loop.runUntilComplete(loop.connectWritePipe(() -> new Teller(scene), pipe.writeEnd())).transport());
		}

	}

	/**
	 * Tells of every call.
	 */
	private static class Teller implements ReadPipeProtocol, WritePipeProtocol {

		private final Scene scene;

		Teller(Scene scene) {
			this.scene = scene;
		}

		@Override
		public void connectionMade(ReadTransport transport) {
			this.scene.say("made");
		}

		@Override
		public void connectionMade(WriteTransport transport) {
			this.scene.say("made");
		}

		@Override
		public void dataReceived(byte[] data) {
			this.scene.say("data", data);
		}

		@Override
		public void eofReceived() {
			this.scene.say("eof");
		}

		@Override
		public void pauseWriting() {
			this.scene.say("pause");
		}

		@Override
		public void resumeWriting() {
			this.scene.say("resume");
		}

		@Override
		public void connectionLost(@Nullable Throwable exception) {
			this.scene.say("lost", exception);
		}

	}

}
