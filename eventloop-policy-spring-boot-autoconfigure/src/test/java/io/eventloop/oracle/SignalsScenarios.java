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
	static void signalIsToldOnTheLoop(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.addSignalHandler(Signal.SIGUSR1, () -> {
			scenario.say("told", loop.isRunning());
			loop.stop();
		});
		loop.callSoon(SignalsScenarios::raise);
		loop.callSoon(scenario.saying("same pass"));
		loop.runForever();
	}

	@DisplayName("S116 a signal waits for the next run")
	static void signalWaitsForTheNextRun(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.addSignalHandler(Signal.SIGUSR1, () -> {
			scenario.say("told");
			loop.stop();
		});
		raise();
		scenario.say("raised");
		loop.runForever();
	}

	@DisplayName("S117 adding a signal handler again replaces it")
	static void addingAgainReplaces(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.addSignalHandler(Signal.SIGUSR1, scenario.saying("first"));
		loop.addSignalHandler(Signal.SIGUSR1, () -> {
			scenario.say("second");
			loop.stop();
		});
		loop.callSoon(SignalsScenarios::raise);
		loop.runForever();
	}

	@DisplayName("S118 removing a signal handler tells whether there was one")
	static void removingTellsWhetherThereWasOne(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		scenario.say(loop.removeSignalHandler(Signal.SIGUSR1));
		loop.addSignalHandler(Signal.SIGUSR1, scenario::say);
		scenario.say(loop.removeSignalHandler(Signal.SIGUSR1), loop.removeSignalHandler(Signal.SIGUSR1));
	}

	@DisplayName("S51 S116 the error of a signal handler goes to the exception handler")
	static void errorOfASignalHandlerGoesToTheExceptionHandler(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.setExceptionHandler((failed, context) -> {
			scenario.say("handler:", context.exception());
			failed.stop();
		});
		loop.addSignalHandler(Signal.SIGUSR1, () -> {
			throw new IllegalArgumentException();
		});
		loop.callSoon(SignalsScenarios::raise);
		loop.runForever();
	}

	@DisplayName("S113 a signal that cannot be caught is refused")
	static void signalThatCannotBeCaughtIsRefused(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		scenario.attempt("SIGKILL", () -> loop.addSignalHandler(Signal.SIGKILL, scenario::say));
		scenario.attempt("SIGSTOP", () -> loop.addSignalHandler(Signal.SIGSTOP, scenario::say));
		scenario.say(loop.removeSignalHandler(Signal.SIGKILL));
	}

	@DisplayName("S112 a number that is no signal's is refused")
	static void numberOutOfRangeIsRefused(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		scenario.attempt("0", () -> loop.addSignalHandler(Signal.of(0), scenario::say));
		scenario.attempt("1000", () -> loop.addSignalHandler(Signal.of(1000), scenario::say));
	}

	@DisplayName("S120 a closed loop handles no signals")
	static void closedLoopHandlesNoSignals(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.addSignalHandler(Signal.SIGUSR1, scenario::say);
		loop.close();
		scenario.attempt("add", () -> loop.addSignalHandler(Signal.SIGUSR1, scenario::say));
		scenario.say(loop.removeSignalHandler(Signal.SIGUSR1));
	}

	private static void raise() {
		ChildProcess.of(ProcessHandle.current().pid()).signal(Signal.SIGUSR1);
	}

}
