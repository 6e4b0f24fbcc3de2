package io.eventloop.oracle;

import io.eventloop.EventLoop;
import io.eventloop.Signal;
import io.eventloop.posix.ChildProcess;
import org.junit.jupiter.api.DisplayName;

/**
 * What {@code signals.py} does.
 */
final class SignalsScenarios {

	private SignalsScenarios() {
	}

	@DisplayName("S116 a signal is told on the loop")
	static void signalIsToldOnTheLoop(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.addSignalHandler(Signal.SIGUSR1, () -> {
			scene.say("told", loop.isRunning());
			loop.stop();
		});
		loop.callSoon(SignalsScenarios::raise);
		loop.callSoon(scene.saying("same pass"));
		loop.runForever();
	}

	@DisplayName("S116 a signal waits for the next run")
	static void signalWaitsForTheNextRun(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.addSignalHandler(Signal.SIGUSR1, () -> {
			scene.say("told");
			loop.stop();
		});
		raise();
		scene.say("raised");
		loop.runForever();
	}

	@DisplayName("S117 adding a signal handler again replaces it")
	static void addingAgainReplaces(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.addSignalHandler(Signal.SIGUSR1, scene.saying("first"));
		loop.addSignalHandler(Signal.SIGUSR1, () -> {
			scene.say("second");
			loop.stop();
		});
		loop.callSoon(SignalsScenarios::raise);
		loop.runForever();
	}

	@DisplayName("S118 removing a signal handler tells whether there was one")
	static void removingTellsWhetherThereWasOne(Scene scene) {
		EventLoop loop = scene.newLoop();
		scene.say(loop.removeSignalHandler(Signal.SIGUSR1));
		loop.addSignalHandler(Signal.SIGUSR1, scene::say);
		scene.say(loop.removeSignalHandler(Signal.SIGUSR1), loop.removeSignalHandler(Signal.SIGUSR1));
	}

	@DisplayName("S51 S116 the error of a signal handler goes to the exception handler")
	static void errorOfASignalHandlerGoesToTheExceptionHandler(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.setExceptionHandler((failed, context) -> {
			scene.say("handler:", context.exception());
			failed.stop();
		});
		loop.addSignalHandler(Signal.SIGUSR1, () -> {
			throw new IllegalArgumentException();
		});
		loop.callSoon(SignalsScenarios::raise);
		loop.runForever();
	}

	@DisplayName("S113 a signal that cannot be caught is refused")
	static void signalThatCannotBeCaughtIsRefused(Scene scene) {
		EventLoop loop = scene.newLoop();
		scene.attempt("SIGKILL", () -> loop.addSignalHandler(Signal.SIGKILL, scene::say));
		scene.attempt("SIGSTOP", () -> loop.addSignalHandler(Signal.SIGSTOP, scene::say));
		scene.say(loop.removeSignalHandler(Signal.SIGKILL));
	}

	@DisplayName("S112 a number that is no signal's is refused")
	static void numberOutOfRangeIsRefused(Scene scene) {
		EventLoop loop = scene.newLoop();
		scene.attempt("0", () -> loop.addSignalHandler(Signal.of(0), scene::say));
		scene.attempt("1000", () -> loop.addSignalHandler(Signal.of(1000), scene::say));
	}

	@DisplayName("S120 a closed loop handles no signals")
	static void closedLoopHandlesNoSignals(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.addSignalHandler(Signal.SIGUSR1, scene::say);
		loop.close();
		scene.attempt("add", () -> loop.addSignalHandler(Signal.SIGUSR1, scene::say));
		scene.say(loop.removeSignalHandler(Signal.SIGUSR1));
	}

	private static void raise() {
		ChildProcess.of(ProcessHandle.current().pid()).signal(Signal.SIGUSR1);
	}

}
