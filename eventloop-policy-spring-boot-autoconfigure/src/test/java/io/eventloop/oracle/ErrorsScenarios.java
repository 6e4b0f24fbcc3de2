package io.eventloop.oracle;

import java.util.TreeMap;

import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import io.eventloop.LoopExceptionHandler;
import org.junit.jupiter.api.DisplayName;

/**
 * What {@code errors.py} does.
 */
final class ErrorsScenarios {

	private ErrorsScenarios() {
	}

	@DisplayName("S51 the error of a callback goes to the exception handler, and the loop goes on")
	static void errorGoesToTheHandlerAndTheLoopGoesOn(ScenarioContext scenario) {
		EventLoop loop = telling(scenario);
		loop.callSoon(ScenarioContext::fail);
		loop.callSoon(scenario.saying("next"));
		scenario.runOnce(loop);
	}

	@DisplayName("S51 the error of a timer goes to the exception handler")
	static void errorOfATimerGoesToTheHandler(ScenarioContext scenario) {
		EventLoop loop = telling(scenario);
		long now = loop.time();
		loop.callAt(now - 2, ScenarioContext::fail);
		loop.callAt(now - 1, scenario.saying("next"));
		scenario.runOnce(loop);
	}

	@DisplayName("S51 errors are told where they happen, between callbacks")
	static void errorGoesToTheHandlerInOrder(ScenarioContext scenario) {
		EventLoop loop = telling(scenario);
		for (int i = 0; i < 3; i++) {
			loop.callSoon(scenario.saying(i));
			loop.callSoon(ScenarioContext::fail);
		}
		scenario.runOnce(loop);
	}

	@DisplayName("S51 S59 a cancelled callback has no error")
	static void errorOfACancelledCallbackIsNone(ScenarioContext scenario) {
		EventLoop loop = telling(scenario);
		loop.callSoon(ScenarioContext::fail).cancel();
		scenario.runOnce(loop);
		scenario.say("quiet");
	}

	@DisplayName("S99 a broken exception handler does no harm")
	static void brokenHandlerDoesNoHarm(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.setExceptionHandler((failed, context) -> {
			tell(scenario, context);
			throw new IllegalArgumentException();
		});
		loop.callSoon(ScenarioContext::fail);
		loop.callSoon(scenario.saying("next"));
		scenario.runOnce(loop);
		loop.callExceptionHandler(ExceptionContext.of("directly", new Oops()));
		scenario.say("not thrown");
	}

	@DisplayName("S98 the handler is told message, error and details")
	static void handlerIsToldWhatTheCallerSays(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.setExceptionHandler((failed, context) -> scenario.say(context.message(), context.exception(),
				context.details().get("detail")));
		loop.callExceptionHandler(ExceptionContext.of("with all", new Oops(), "detail", 7));
		loop.callExceptionHandler(new ExceptionContext("with little", null, new TreeMap<>()));
	}

	@DisplayName("S97 the handler that was set is got; none is the default one")
	static void handlerThatWasSetIsGot(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		LoopExceptionHandler handler = (failed, context) -> tell(scenario, context);
		scenario.say(loop.getExceptionHandler());
		loop.setExceptionHandler(handler);
		scenario.say(loop.getExceptionHandler() == handler);
		loop.setExceptionHandler(null);
		scenario.say(loop.getExceptionHandler());
	}

	@DisplayName("S51 the handler may schedule, and stop the loop")
	static void handlerMayScheduleAndStop(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.setExceptionHandler((failed, context) -> {
			failed.callSoon(scenario.saying("scheduled by the handler"));
			failed.callSoon(failed::stop);
		});
		loop.callSoon(ScenarioContext::fail);
		loop.runForever();
	}

	@DisplayName("S97 the handler may replace itself")
	static void handlerMayReplaceItself(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.setExceptionHandler((failed, context) -> {
			scenario.say("first");
			failed.setExceptionHandler((again, next) -> scenario.say("second"));
		});
		loop.callSoon(ScenarioContext::fail);
		loop.callSoon(ScenarioContext::fail);
		scenario.runOnce(loop);
	}

	private static EventLoop telling(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.setExceptionHandler((failed, context) -> tell(scenario, context));
		return loop;
	}

	private static void tell(ScenarioContext scenario, ExceptionContext context) {
		scenario.say("handler:", context.exception(), context.details().containsKey("handle"));
	}

}
