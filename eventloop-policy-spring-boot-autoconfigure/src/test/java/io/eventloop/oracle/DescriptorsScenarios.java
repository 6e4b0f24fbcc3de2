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
	static void readerIsCalledWhileThereIsSomethingToRead(Scene scene) throws IOException {
		EventLoop loop = scene.newLoop();
		RawPipe pipe = RawPipe.ready();
		loop.addReader(pipe.readEnd(), scene.saying("readable"));
		scene.runOnce(loop);
		scene.runOnce(loop);
		pipe.read(1);
		scene.say("read");
		scene.runOnce(loop);
		loop.removeReader(pipe.readEnd());
		pipe.close();
	}

	@DisplayName("S105 a reader is called at the end of the pipe")
	static void readerIsCalledAtTheEndOfThePipe(Scene scene) throws IOException {
		EventLoop loop = scene.newLoop();
		RawPipe pipe = RawPipe.open();
		loop.addReader(pipe.readEnd(), scene.saying("readable"));
		scene.runOnce(loop);
		pipe.closeWriteEnd();
		scene.say("closed");
		scene.runOnce(loop);
		loop.removeReader(pipe.readEnd());
		pipe.closeReadEnd();
	}

	@DisplayName("S105 adding a reader again replaces it")
	static void addingAgainReplaces(Scene scene) throws IOException {
		EventLoop loop = scene.newLoop();
		RawPipe pipe = RawPipe.ready();
		loop.addReader(pipe.readEnd(), scene.saying("first"));
		loop.addReader(pipe.readEnd(), scene.saying("second"));
		scene.runOnce(loop);
		scene.say(loop.removeReader(pipe.readEnd()));
		pipe.close();
	}

	@DisplayName("S106 removing tells whether there was one")
	static void removingTellsWhetherThereWasOne(Scene scene) throws IOException {
		EventLoop loop = scene.newLoop();
		RawPipe pipe = RawPipe.ready();
		loop.addReader(pipe.readEnd(), scene.saying("never"));
		scene.say(loop.removeReader(pipe.readEnd()), loop.removeReader(pipe.readEnd()));
		scene.say(loop.removeWriter(pipe.writeEnd()));
		loop.addWriter(pipe.writeEnd(), scene.saying("never"));
		scene.say(loop.removeWriter(pipe.writeEnd()), loop.removeWriter(pipe.writeEnd()));
		scene.runOnce(loop);
		pipe.close();
	}

	@DisplayName("S106 removing one direction keeps the other")
	static void removingOneDirectionKeepsTheOther(Scene scene) throws IOException {
		EventLoop loop = scene.newLoop();
		RawPipe pipe = RawPipe.readyBothWays();
		loop.addReader(pipe.readEnd(), scene.saying("readable"));
		loop.addWriter(pipe.readEnd(), scene.saying("writable"));
		scene.runOnce(loop);
		scene.say(loop.removeReader(pipe.readEnd()));
		scene.runOnce(loop);
		scene.say(loop.removeWriter(pipe.readEnd()));
		scene.runOnce(loop);
		pipe.close();
	}

	@DisplayName("S107 S111 a reader removed between the event and the run is not called")
	static void readerRemovedBetweenEventAndRunIsNotCalled(Scene scene) throws IOException {
		EventLoop loop = scene.newLoop();
		RawPipe pipe = RawPipe.ready();
		loop.callSoon(() -> loop.removeReader(pipe.readEnd()));
		loop.addReader(pipe.readEnd(), scene.saying("never"));
		scene.runOnce(loop);
		scene.say("quiet");
		pipe.close();
	}

	@DisplayName("S106 a reader may remove itself")
	static void readerMayRemoveItself(Scene scene) throws IOException {
		EventLoop loop = scene.newLoop();
		RawPipe pipe = RawPipe.ready();
		loop.addReader(pipe.readEnd(), () -> scene.say("once", loop.removeReader(pipe.readEnd())));
		scene.runOnce(loop);
		scene.runOnce(loop);
		pipe.close();
	}

	@DisplayName("S64 events come behind what is ready, and before due timers")
	static void eventsComeBeforeDueTimers(Scene scene) throws IOException {
		EventLoop loop = scene.newLoop();
		RawPipe pipe = RawPipe.ready();
		loop.callAt(loop.time() - 1, scene.saying("timer"));
		loop.addReader(pipe.readEnd(), scene.saying("event"));
		loop.callSoon(scene.saying("ready"));
		scene.runOnce(loop);
		loop.removeReader(pipe.readEnd());
		pipe.close();
	}

	@DisplayName("S77 an event is not told twice around a stop")
	static void eventIsNotToldTwiceAroundAStop(Scene scene) throws IOException {
		EventLoop loop = scene.newLoop();
		RawPipe pipe = RawPipe.ready();
		loop.addReader(pipe.readEnd(), () -> {
			scene.say("read", read(pipe));
			loop.stop();
		});
		loop.runForever();
		scene.runOnce(loop);
		loop.removeReader(pipe.readEnd());
		pipe.close();
	}

	@DisplayName("S58 S76 an event is told once in each pass")
	static void eventOfOneDescriptorInTwoPasses(Scene scene) throws IOException {
		EventLoop loop = scene.newLoop();
		RawPipe pipe = RawPipe.ready();
		loop.addReader(pipe.readEnd(), scene.saying("readable"));
		loop.callSoon(() -> loop.callSoon(scene.saying("second pass")));
		loop.callSoon(scene.saying("first pass"));
		scene.runOnce(loop);
		scene.runOnce(loop);
		loop.removeReader(pipe.readEnd());
		pipe.close();
	}

	@DisplayName("S88 a closed loop watches nothing, and has nothing to remove")
	static void closedLoopWatchesNothing(Scene scene) throws IOException {
		EventLoop loop = scene.newLoop();
		RawPipe pipe = RawPipe.ready();
		loop.close();
		scene.attempt("add_reader", () -> loop.addReader(pipe.readEnd(), scene::say));
		scene.attempt("add_writer", () -> loop.addWriter(pipe.writeEnd(), scene::say));
		scene.say(loop.removeReader(pipe.readEnd()), loop.removeWriter(pipe.writeEnd()));
		pipe.close();
	}

	@DisplayName("S108 a descriptor that cannot be watched is refused")
	@Differs(row = "S108", there = { "closed raises OSError", "file raises AccessDeniedException" },
			here = { "closed raises IllegalArgumentException", "file raises IllegalArgumentException" })
	static void descriptorThatCannotBeWatchedIsRefused(Scene scene) throws IOException {
		EventLoop loop = scene.newLoop();
		RawPipe pipe = RawPipe.ready();
		pipe.close();
		scene.attempt("negative", () -> loop.addReader(-1, scene::say));
		scene.attempt("closed", () -> loop.addReader(pipe.readEnd(), scene::say));
		Path file = Files.createTempFile("oracle", null);
		int fd = RedirectFile.toWrite(file.toFile());
		scene.attempt("file", () -> loop.addReader(fd, scene::say));
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
