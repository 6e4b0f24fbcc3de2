package io.eventloop.oracle;

import java.time.Duration;

import io.eventloop.EventLoop;
import io.eventloop.TimerHandle;
import org.junit.jupiter.api.DisplayName;

/**
 * What {@code timers.py} does.
 */
final class TimersScenarios {

	private TimersScenarios() {
	}

	@DisplayName("S54 timers run by their due time")
	static void timersRunByDueTime(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		long now = loop.time();
		loop.callAt(now + millis(20), scenario.saying("third"));
		loop.callAt(now + millis(1), scenario.saying("first"));
		loop.callAt(now + millis(10), scenario.saying("second"));
		loop.callAt(now + millis(30), loop::stop);
		loop.runForever();
	}

	@DisplayName("S63 timers that are due run in one pass, the earlier first")
	static void timersDueTogetherRunInOnePass(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		long now = loop.time();
		loop.callAt(now - 1, scenario.saying("second"));
		loop.callAt(now - 3, scenario.saying("first"));
		scenario.runOnce(loop);
	}

	@DisplayName("S65 timers due at the same time run first in, first out, which asyncio does not promise")
	@Differs(row = "S65", there = { "0", "2", "5", "4", "1", "3" }, here = { "0", "1", "2", "3", "4", "5" })
	static void timersDueAtTheSameTime(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		long when = loop.time() - 1;
		for (int i = 0; i < 6; i++) {
			loop.callAt(when, scenario.saying(i));
		}
		scenario.runOnce(loop);
	}

	@DisplayName("S60 a delay that is past runs in the next pass")
	static void delayThatIsPastRunsInTheNextPass(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.callLater(Duration.ofSeconds(-5), scenario.saying("negative"));
		loop.callLater(Duration.ZERO, scenario.saying("zero"));
		scenario.runOnce(loop);
	}

	@DisplayName("S64 a due timer waits behind what is ready")
	static void dueTimerWaitsBehindWhatIsReady(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.callAt(loop.time() - 1, scenario.saying("timer"));
		loop.callSoon(scenario.saying("ready"));
		scenario.runOnce(loop);
	}

	@DisplayName("S58 S63 a timer of a timer waits for the next pass, though it is due")
	static void timerOfATimerWaitsForTheNextPass(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		long now = loop.time();
		loop.callAt(now - 2, () -> {
			scenario.say("timer");
			loop.callAt(loop.time() - 1, scenario.saying("of the timer"));
		});
		loop.callAt(now - 1, scenario.saying("other"));
		scenario.runOnce(loop);
		scenario.say("next pass");
		scenario.runOnce(loop);
	}

	@DisplayName("S54 S62 a timer tells when it is due, cancelled or not")
	static void timerTellsWhenItIsDue(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		long when = loop.time() + millis(1_000_000);
		TimerHandle handle = loop.callAt(when, scenario.saying("never"));
		scenario.say(handle.when() == when, handle.isCancelled());
		handle.cancel();
		scenario.say(handle.when() == when, handle.isCancelled());
	}

	@DisplayName("S56 S67 a cancelled timer does not run, and is not waited for")
	static void cancelledTimerDoesNotRun(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.callLater(Duration.ofMillis(1), scenario.saying("soon")).cancel();
		loop.callLater(Duration.ofSeconds(1000), scenario.saying("late")).cancel();
		loop.callLater(Duration.ofMillis(2), loop::stop);
		loop.runForever();
		scenario.say("stopped");
	}

	@DisplayName("S59 S63 a due timer cancelled by an earlier one of its pass is skipped")
	static void timerCancelledByAnEarlierOneOfThePassIsSkipped(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		long now = loop.time();
		TimerHandle handle = loop.callAt(now - 1, scenario.saying("cancelled"));
		loop.callAt(now - 2, handle::cancel);
		scenario.runOnce(loop);
		scenario.say(handle.isCancelled());
	}

	@DisplayName("S60 S62 a timer is never early")
	static void timerIsNeverEarly(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		long when = loop.time() + millis(5);
		loop.callAt(when, () -> {
			scenario.say(loop.time() >= when);
			loop.stop();
		});
		loop.runForever();
	}

	@DisplayName("S61 no delay is an error; no time of a primitive type can be given")
	@Differs(row = "S61", there = "call_at raises NullPointerException", here = {})
	static void noDelayAndNoTimeAreErrors(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		scenario.attempt("call_later", () -> loop.callLater(null, scenario::say));
	}

	private static long millis(long count) {
		return Duration.ofMillis(count).toNanos();
	}

}
