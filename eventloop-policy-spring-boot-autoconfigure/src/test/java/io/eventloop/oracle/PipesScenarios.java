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
	static void dataThenEndThenLoss(ScenarioContext scenario) throws IOException {
		Reading reading = Reading.of(scenario);
		reading.pipe.write("hello");
		reading.pipe.closeWriteEnd();
		passes(scenario, reading.loop);
		scenario.say(reading.transport.isClosing());
	}

	@DisplayName("S124 data arrives as it is written")
	static void dataArrivesAsItIsWritten(ScenarioContext scenario) throws IOException {
		Reading reading = Reading.of(scenario);
		for (String text : new String[] { "one", "two" }) {
			reading.pipe.write(text);
			passes(scenario, reading.loop);
		}
		reading.pipe.closeWriteEnd();
		passes(scenario, reading.loop);
	}

	@DisplayName("S129 closing loses once, without an end")
	static void closingLosesWithoutAnEnd(ScenarioContext scenario) throws IOException {
		Reading reading = Reading.of(scenario);
		reading.pipe.write("unread");
		reading.transport.close();
		reading.transport.close();
		scenario.say("closing", reading.transport.isClosing());
		passes(scenario, reading.loop);
		reading.pipe.closeWriteEnd();
	}

	@DisplayName("S128 paused reading waits, however often it is paused and resumed")
	static void pausedReadingWaits(ScenarioContext scenario) throws IOException {
		Reading reading = Reading.of(scenario);
		reading.transport.pauseReading();
		reading.transport.pauseReading();
		scenario.say(reading.transport.isReading());
		reading.pipe.write("later");
		passes(scenario, reading.loop);
		reading.transport.resumeReading();
		reading.transport.resumeReading();
		scenario.say(reading.transport.isReading());
		passes(scenario, reading.loop);
		reading.transport.close();
		passes(scenario, reading.loop);
		reading.pipe.closeWriteEnd();
	}

	@DisplayName("S130 S134 S136 writing goes through at once; closing ends the pipe")
	static void writingGoesThroughAtOnce(ScenarioContext scenario) throws IOException {
		Writing writing = Writing.of(scenario);
		writing.transport.write("hello".getBytes(UTF_8));
		writing.transport.write(new byte[0]);
		scenario.say(writing.pipe.read(100), writing.transport.getWriteBufferSize(), writing.transport.canWriteEof());
		writing.transport.close();
		scenario.say("closing", writing.transport.isClosing());
		passes(scenario, writing.loop);
		scenario.say("end", writing.pipe.read(100));
		writing.pipe.closeReadEnd();
	}

	@DisplayName("S133 S134 the end waits for what is buffered")
	static void eofWaitsForWhatIsBuffered(ScenarioContext scenario) throws IOException {
		Writing writing = Writing.of(scenario);
		writing.transport.write(new byte[200_000]);
		writing.transport.writeEof();
		writing.transport.writeEof();
		scenario.say("closing", writing.transport.isClosing());
		passes(scenario, writing.loop);
		int count = 0;
		for (int length = -1; length != 0; count += length) {
			length = writing.pipe.read(65536).length;
			scenario.runOnce(writing.loop);
		}
		scenario.say(count);
		passes(scenario, writing.loop);
		writing.pipe.closeReadEnd();
	}

	@DisplayName("S132 a reader that goes is told")
	static void readerThatGoesIsTold(ScenarioContext scenario) throws IOException {
		Writing writing = Writing.of(scenario);
		writing.pipe.closeReadEnd();
		passes(scenario, writing.loop);
		scenario.say(writing.transport.isClosing());
	}

	@DisplayName("S131 S132 a reader that goes while data is pending is an error")
	static void readerThatGoesWithDataPendingIsAnError(ScenarioContext scenario) throws IOException {
		Writing writing = Writing.of(scenario);
		writing.transport.setWriteBufferLimits(1_000_000);
		writing.transport.write(new byte[200_000]);
		writing.pipe.closeReadEnd();
		passes(scenario, writing.loop);
		scenario.say(writing.transport.isClosing());
	}

	@DisplayName("S135 aborting drops what is buffered")
	static void abortingDropsWhatIsBuffered(ScenarioContext scenario) throws IOException {
		Writing writing = Writing.of(scenario);
		writing.transport.setWriteBufferLimits(1_000_000);
		writing.transport.write(new byte[65536 + 7]);
		writing.transport.abort();
		scenario.say("closing", writing.transport.isClosing());
		passes(scenario, writing.loop);
		writing.pipe.closeReadEnd();
	}

	@DisplayName("S135 aborting a closed pipe tells the protocol nothing more")
	static void abortingAClosedPipe(ScenarioContext scenario) throws IOException {
		Writing writing = Writing.of(scenario);
		writing.transport.close();
		writing.transport.abort();
		passes(scenario, writing.loop);
		writing.pipe.closeReadEnd();
	}

	@DisplayName("S138 writing pauses over the high limit and resumes at the low one, once each")
	static void writingPausesAndResumes(ScenarioContext scenario) throws IOException {
		Writing writing = Writing.of(scenario);
		writing.transport.setWriteBufferLimits(10, 5);
		writing.transport.write(new byte[65536]);
		writing.transport.write(new byte[10]);
		scenario.say("full", writing.transport.getWriteBufferSize());
		writing.transport.write(new byte[1]);
		writing.transport.write(new byte[1]);
		scenario.say("over", writing.transport.getWriteBufferSize());
		writing.pipe.read(65536);
		passes(scenario, writing.loop);
		scenario.say("empty", writing.transport.getWriteBufferSize());
		writing.transport.close();
		passes(scenario, writing.loop);
		writing.pipe.closeReadEnd();
	}

	@DisplayName("S137 limits that make no sense are refused")
	static void limitsMustMakeSense(ScenarioContext scenario) throws IOException {
		Writing writing = Writing.of(scenario);
		scenario.attempt("low over high", () -> writing.transport.setWriteBufferLimits(1, 2));
		scenario.attempt("negative", () -> writing.transport.setWriteBufferLimits(1, -1));
		writing.transport.close();
		passes(scenario, writing.loop);
		writing.pipe.closeReadEnd();
	}

	@DisplayName("S129 a protocol that fails is told the loss all the same")
	static void protocolThatFailsIsToldTheLoss(ScenarioContext scenario) throws IOException {
		EventLoop loop = scenario.newLoop();
		loop.setExceptionHandler((failed, context) -> scenario.say("handler:", context.exception()));
		RawPipe pipe = RawPipe.open();
		loop.runUntilComplete(loop.connectReadPipe(() -> new Teller(scenario) {

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
		passes(scenario, loop);
		pipe.closeWriteEnd();
		passes(scenario, loop);
	}

	private static void passes(ScenarioContext scenario, EventLoop loop) {
		for (int i = 0; i < 3; i++) {
			scenario.runOnce(loop);
		}
	}

	private record Reading(EventLoop loop, RawPipe pipe, ReadTransport transport) {

		static Reading of(ScenarioContext scenario) throws IOException {
			EventLoop loop = scenario.newLoop();
			RawPipe pipe = RawPipe.open();
			return new Reading(loop, pipe,
					loop.runUntilComplete(loop.connectReadPipe(() -> new Teller(scenario), pipe.readEnd()))
						.transport());
		}

	}

	private record Writing(EventLoop loop, RawPipe pipe, WriteTransport transport) {

		static Writing of(ScenarioContext scenario) throws IOException {
			EventLoop loop = scenario.newLoop();
			RawPipe pipe = RawPipe.open();
			return new Writing(loop, pipe,
					loop.runUntilComplete(loop.connectWritePipe(() -> new Teller(scenario), pipe.writeEnd()))
						.transport());
		}

	}

	/**
	 * Tells of every call.
	 */
	private static class Teller implements ReadPipeProtocol, WritePipeProtocol {

		private final ScenarioContext scenario;

		Teller(ScenarioContext scenario) {
			this.scenario = scenario;
		}

		@Override
		public void connectionMade(ReadTransport transport) {
			this.scenario.say("made");
		}

		@Override
		public void connectionMade(WriteTransport transport) {
			this.scenario.say("made");
		}

		@Override
		public void dataReceived(byte[] data) {
			this.scenario.say("data", data);
		}

		@Override
		public void eofReceived() {
			this.scenario.say("eof");
		}

		@Override
		public void pauseWriting() {
			this.scenario.say("pause");
		}

		@Override
		public void resumeWriting() {
			this.scenario.say("resume");
		}

		@Override
		public void connectionLost(@Nullable Throwable exception) {
			this.scenario.say("lost", exception);
		}

	}

}
