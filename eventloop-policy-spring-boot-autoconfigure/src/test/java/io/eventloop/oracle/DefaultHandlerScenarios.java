package io.eventloop.oracle;

import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import io.eventloop.loop.SelectorEventLoop;
import org.junit.jupiter.api.DisplayName;

/**
 * What {@code default_handler.py} does.
 */
final class DefaultHandlerScenarios {

	private DefaultHandlerScenarios() {
	}

	@DisplayName("S98 the default handler is told where none is set")
	static void defaultHandlerIsToldWhereNoneIsSet(ScenarioContext scenario) {
		try (EventLoop loop = loop(scenario, () -> {
		})) {
			loop.callSoon(ScenarioContext::fail);
			scenario.runOnce(loop);
		}
	}

	@DisplayName("S99 the default handler is told of the error of a broken one, and what that was told")
	static void defaultHandlerIsToldOfABrokenOne(ScenarioContext scenario) {
		try (EventLoop loop = loop(scenario, () -> {
		})) {
			breakHandler(loop);
			loop.callSoon(ScenarioContext::fail);
			loop.callSoon(scenario.saying("next"));
			scenario.runOnce(loop);
		}
	}

	@DisplayName("S100 a broken default handler does no harm")
	static void brokenDefaultHandlerDoesNoHarm(ScenarioContext scenario) {
		try (EventLoop loop = loop(scenario, ScenarioContext::fail)) {
			loop.callSoon(ScenarioContext::fail);
			loop.callSoon(scenario.saying("next"));
			scenario.runOnce(loop);
		}
	}

	@DisplayName("S99 S100 both handlers broken do no harm")
	static void bothHandlersBrokenDoNoHarm(ScenarioContext scenario) {
		try (EventLoop loop = loop(scenario, ScenarioContext::fail)) {
			breakHandler(loop);
			loop.callSoon(ScenarioContext::fail);
			loop.callSoon(scenario.saying("next"));
			scenario.runOnce(loop);
		}
	}

	private static void breakHandler(EventLoop loop) {
		loop.setExceptionHandler((failed, context) -> {
			throw new IllegalArgumentException();
		});
	}

	private static EventLoop loop(ScenarioContext scenario, Runnable then) {
		return new SelectorEventLoop() {

			@Override
			public void defaultExceptionHandler(ExceptionContext context) {
				scenario.say("default:", context.exception(), context.details().containsKey("context"));
				then.run();
			}

		};
	}

}
