package io.eventloop.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.eventloop.EventLoop;
import io.eventloop.posix.Descriptors;
import io.eventloop.posix.RedirectFile;
import org.junit.jupiter.api.DisplayName;

/**
 * What {@code descriptors.py} does.
 */
final class DescriptorsScenarios {

	private DescriptorsScenarios() {
	}

	@DisplayName("S105 a reader is called while there is something to read")
	static void readerIsCalledWhileThereIsSomethingToRead(ScenarioContext scenario) throws IOException {
		EventLoop loop = scenario.newLoop();
		RawPipe pipe = RawPipe.ready();
		loop.addReader(pipe.readEnd(), scenario.saying("readable"));
		scenario.runOnce(loop);
		scenario.runOnce(loop);
		pipe.read(1);
		scenario.say("read");
		scenario.runOnce(loop);
		loop.removeReader(pipe.readEnd());
		pipe.close();
	}

	@DisplayName("S105 a reader is called at the end of the pipe")
	static void readerIsCalledAtTheEndOfThePipe(ScenarioContext scenario) throws IOException {
		EventLoop loop = scenario.newLoop();
		RawPipe pipe = RawPipe.open();
		loop.addReader(pipe.readEnd(), scenario.saying("readable"));
		scenario.runOnce(loop);
		pipe.closeWriteEnd();
		scenario.say("closed");
		scenario.runOnce(loop);
		loop.removeReader(pipe.readEnd());
		pipe.closeReadEnd();
	}

	@DisplayName("S105 adding a reader again replaces it")
	static void addingAgainReplaces(ScenarioContext scenario) throws IOException {
		EventLoop loop = scenario.newLoop();
		RawPipe pipe = RawPipe.ready();
		loop.addReader(pipe.readEnd(), scenario.saying("first"));
		loop.addReader(pipe.readEnd(), scenario.saying("second"));
		scenario.runOnce(loop);
		scenario.say(loop.removeReader(pipe.readEnd()));
		pipe.close();
	}

	@DisplayName("S106 removing tells whether there was one")
	static void removingTellsWhetherThereWasOne(ScenarioContext scenario) throws IOException {
		EventLoop loop = scenario.newLoop();
		RawPipe pipe = RawPipe.ready();
		loop.addReader(pipe.readEnd(), scenario.saying("never"));
		scenario.say(loop.removeReader(pipe.readEnd()), loop.removeReader(pipe.readEnd()));
		scenario.say(loop.removeWriter(pipe.writeEnd()));
		loop.addWriter(pipe.writeEnd(), scenario.saying("never"));
		scenario.say(loop.removeWriter(pipe.writeEnd()), loop.removeWriter(pipe.writeEnd()));
		scenario.runOnce(loop);
		pipe.close();
	}

	@DisplayName("S106 removing one direction keeps the other")
	static void removingOneDirectionKeepsTheOther(ScenarioContext scenario) throws IOException {
		EventLoop loop = scenario.newLoop();
		RawPipe pipe = RawPipe.readyBothWays();
		loop.addReader(pipe.readEnd(), scenario.saying("readable"));
		loop.addWriter(pipe.readEnd(), scenario.saying("writable"));
		scenario.runOnce(loop);
		scenario.say(loop.removeReader(pipe.readEnd()));
		scenario.runOnce(loop);
		scenario.say(loop.removeWriter(pipe.readEnd()));
		scenario.runOnce(loop);
		pipe.close();
	}

	@DisplayName("S107 S111 a reader removed between the event and the run is not called")
	static void readerRemovedBetweenEventAndRunIsNotCalled(ScenarioContext scenario) throws IOException {
		EventLoop loop = scenario.newLoop();
		RawPipe pipe = RawPipe.ready();
		loop.callSoon(() -> loop.removeReader(pipe.readEnd()));
		loop.addReader(pipe.readEnd(), scenario.saying("never"));
		scenario.runOnce(loop);
		scenario.say("quiet");
		pipe.close();
	}

	@DisplayName("S106 a reader may remove itself")
	static void readerMayRemoveItself(ScenarioContext scenario) throws IOException {
		EventLoop loop = scenario.newLoop();
		RawPipe pipe = RawPipe.ready();
		loop.addReader(pipe.readEnd(), () -> scenario.say("once", loop.removeReader(pipe.readEnd())));
		scenario.runOnce(loop);
		scenario.runOnce(loop);
		pipe.close();
	}

	@DisplayName("S64 events come behind what is ready, and before due timers")
	static void eventsComeBeforeDueTimers(ScenarioContext scenario) throws IOException {
		EventLoop loop = scenario.newLoop();
		RawPipe pipe = RawPipe.ready();
		loop.callAt(loop.time() - 1, scenario.saying("timer"));
		loop.addReader(pipe.readEnd(), scenario.saying("event"));
		loop.callSoon(scenario.saying("ready"));
		scenario.runOnce(loop);
		loop.removeReader(pipe.readEnd());
		pipe.close();
	}

	@DisplayName("S77 an event is not told twice around a stop")
	static void eventIsNotToldTwiceAroundAStop(ScenarioContext scenario) throws IOException {
		EventLoop loop = scenario.newLoop();
		RawPipe pipe = RawPipe.ready();
		loop.addReader(pipe.readEnd(), () -> {
			scenario.say("read", read(pipe));
			loop.stop();
		});
		loop.runForever();
		scenario.runOnce(loop);
		loop.removeReader(pipe.readEnd());
		pipe.close();
	}

	@DisplayName("S58 S76 an event is told once in each pass")
	static void eventOfOneDescriptorInTwoPasses(ScenarioContext scenario) throws IOException {
		EventLoop loop = scenario.newLoop();
		RawPipe pipe = RawPipe.ready();
		loop.addReader(pipe.readEnd(), scenario.saying("readable"));
		loop.callSoon(() -> loop.callSoon(scenario.saying("second pass")));
		loop.callSoon(scenario.saying("first pass"));
		scenario.runOnce(loop);
		scenario.runOnce(loop);
		loop.removeReader(pipe.readEnd());
		pipe.close();
	}

	@DisplayName("S88 a closed loop watches nothing, and has nothing to remove")
	static void closedLoopWatchesNothing(ScenarioContext scenario) throws IOException {
		EventLoop loop = scenario.newLoop();
		RawPipe pipe = RawPipe.ready();
		loop.close();
		scenario.attempt("add_reader", () -> loop.addReader(pipe.readEnd(), scenario::say));
		scenario.attempt("add_writer", () -> loop.addWriter(pipe.writeEnd(), scenario::say));
		scenario.say(loop.removeReader(pipe.readEnd()), loop.removeWriter(pipe.writeEnd()));
		pipe.close();
	}

	@DisplayName("S108 a descriptor that cannot be watched is refused")
	@Differs(row = "S108", there = { "closed raises OSError", "file raises AccessDeniedException" },
			here = { "closed raises IllegalArgumentException", "file raises IllegalArgumentException" })
	static void descriptorThatCannotBeWatchedIsRefused(ScenarioContext scenario) throws IOException {
		EventLoop loop = scenario.newLoop();
		RawPipe pipe = RawPipe.ready();
		pipe.close();
		scenario.attempt("negative", () -> loop.addReader(-1, scenario::say));
		scenario.attempt("closed", () -> loop.addReader(pipe.readEnd(), scenario::say));
		Path file = Files.createTempFile("oracle", null);
		int fd = RedirectFile.toWrite(file.toFile());
		scenario.attempt("file", () -> loop.addReader(fd, scenario::say));
		Descriptors.close(fd);
		Files.delete(file);
	}

	private static byte[] read(RawPipe pipe) {
		try {
			return pipe.read(1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
