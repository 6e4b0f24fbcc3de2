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
	static void defaultHandlerIsToldWhereNoneIsSet(Scene scene) {
		try (EventLoop loop = loop(scene, () -> {
		})) {
			loop.callSoon(Scene::fail);
			scene.runOnce(loop);
		}
	}

	@DisplayName("S99 the default handler is told of the error of a broken one, and what that was told")
	static void defaultHandlerIsToldOfABrokenOne(Scene scene) {
		try (EventLoop loop = loop(scene, () -> {
		})) {
			breakHandler(loop);
			loop.callSoon(Scene::fail);
			loop.callSoon(scene.saying("next"));
			scene.runOnce(loop);
		}
	}

	@DisplayName("S100 a broken default handler harms nobody")
	static void brokenDefaultHandlerHarmsNobody(Scene scene) {
		try (EventLoop loop = loop(scene, Scene::fail)) {
			loop.callSoon(Scene::fail);
			loop.callSoon(scene.saying("next"));
			scene.runOnce(loop);
		}
	}

	@DisplayName("S99 S100 both handlers broken harm nobody")
	static void bothHandlersBrokenHarmNobody(Scene scene) {
		try (EventLoop loop = loop(scene, Scene::fail)) {
			breakHandler(loop);
			loop.callSoon(Scene::fail);
			loop.callSoon(scene.saying("next"));
			scene.runOnce(loop);
		}
	}

	private static void breakHandler(EventLoop loop) {
		loop.setExceptionHandler((failed, context) -> {
			throw new IllegalArgumentException();
		});
	}

	private static EventLoop loop(Scene scene, Runnable then) {
		return new SelectorEventLoop() {

			@Override
			public void defaultExceptionHandler(ExceptionContext context) {
				scene.say("default:", context.exception(), context.details().containsKey("context"));
				then.run();
			}

		};
	}

}
