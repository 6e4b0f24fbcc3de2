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
	static void errorGoesToTheHandlerAndTheLoopGoesOn(Scene scene) {
		EventLoop loop = telling(scene);
		loop.callSoon(Scene::fail);
		loop.callSoon(scene.saying("next"));
		scene.runOnce(loop);
	}

	@DisplayName("S51 the error of a timer goes to the exception handler")
	static void errorOfATimerGoesToTheHandler(Scene scene) {
		EventLoop loop = telling(scene);
		long now = loop.time();
		loop.callAt(now - 2, Scene::fail);
		loop.callAt(now - 1, scene.saying("next"));
		scene.runOnce(loop);
	}

	@DisplayName("S51 errors are told where they happen, between callbacks")
	static void errorGoesToTheHandlerInOrder(Scene scene) {
		EventLoop loop = telling(scene);
		for (int i = 0; i < 3; i++) {
			loop.callSoon(scene.saying(i));
			loop.callSoon(Scene::fail);
		}
		scene.runOnce(loop);
	}

	@DisplayName("S51 S59 a cancelled callback has no error")
	static void errorOfACancelledCallbackIsNone(Scene scene) {
		EventLoop loop = telling(scene);
		loop.callSoon(Scene::fail).cancel();
		scene.runOnce(loop);
		scene.say("quiet");
	}

	@DisplayName("S99 a broken exception handler harms nobody")
	static void brokenHandlerHarmsNobody(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.setExceptionHandler((failed, context) -> {
			tell(scene, context);
			throw new IllegalArgumentException();
		});
		loop.callSoon(Scene::fail);
		loop.callSoon(scene.saying("next"));
		scene.runOnce(loop);
		loop.callExceptionHandler(ExceptionContext.of("directly", new Oops()));
		scene.say("not thrown");
	}

	@DisplayName("S98 the handler is told message, error and details")
	static void handlerIsToldWhatTheCallerSays(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.setExceptionHandler((failed, context) -> scene.say(context.message(), context.exception(),
				context.details().get("detail")));
		loop.callExceptionHandler(ExceptionContext.of("with all", new Oops(), "detail", 7));
		loop.callExceptionHandler(new ExceptionContext("with little", null, new TreeMap<>()));
	}

	@DisplayName("S97 the handler that was set is got; none is the default one")
	static void handlerThatWasSetIsGot(Scene scene) {
		EventLoop loop = scene.newLoop();
		LoopExceptionHandler handler = (failed, context) -> tell(scene, context);
		scene.say(loop.getExceptionHandler());
		loop.setExceptionHandler(handler);
		scene.say(loop.getExceptionHandler() == handler);
		loop.setExceptionHandler(null);
		scene.say(loop.getExceptionHandler());
	}

	@DisplayName("S51 the handler may schedule, and stop the loop")
	static void handlerMayScheduleAndStop(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.setExceptionHandler((failed, context) -> {
			failed.callSoon(scene.saying("scheduled by the handler"));
			failed.callSoon(failed::stop);
		});
		loop.callSoon(Scene::fail);
		loop.runForever();
	}

	@DisplayName("S97 the handler may replace itself")
	static void handlerMayReplaceItself(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.setExceptionHandler((failed, context) -> {
			scene.say("first");
			failed.setExceptionHandler((again, next) -> scene.say("second"));
		});
		loop.callSoon(Scene::fail);
		loop.callSoon(Scene::fail);
		scene.runOnce(loop);
	}

	private static EventLoop telling(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.setExceptionHandler((failed, context) -> tell(scene, context));
		return loop;
	}

	private static void tell(Scene scene, ExceptionContext context) {
		scene.say("handler:", context.exception(), context.details().containsKey("handle"));
	}

}
