package io.eventloop.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import io.eventloop.LoopExceptionHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
@ParameterizedClass
@EnumSource(names = { "EPOLL", "PROACTOR" })
@ExtendWith(OutputCaptureExtension.class)
class ExceptionHandlerTests {

	private final List<ExceptionContext> defaulted = new ArrayList<>();

	private boolean defaultFails;

	private final EventLoop loop;

	ExceptionHandlerTests(LoopKind kind) {
		this.loop = (kind == LoopKind.PROACTOR) ? new ProactorEventLoop() {

			@Override
			public void defaultExceptionHandler(ExceptionContext context) {
				handleByDefault(context);
				super.defaultExceptionHandler(context);
			}

		} : new SelectorEventLoop() {

			@Override
			public void defaultExceptionHandler(ExceptionContext context) {
				handleByDefault(context);
				super.defaultExceptionHandler(context);
			}

		};
	}

	private void handleByDefault(ExceptionContext context) {
		this.defaulted.add(context);
		if (this.defaultFails) {
			throw new IllegalStateException("the default handler is broken");
		}
	}

	@AfterEach
	void closeLoop() {
		this.loop.close();
	}

	@Test
	@DisplayName("S52 a fatal error leaves the loop, and the callbacks behind it run later")
	void fatalErrorLeavesTheLoop() {
		List<String> ran = new ArrayList<>();
		this.loop.callSoon(() -> {
			throw new OutOfMemoryError("fatal");
		});
		this.loop.callSoon(() -> ran.add("later"));
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(this.loop::runForever);
		assertThat(ran).isEmpty();
		runOnce();
		assertThat(ran).containsExactly("later");
		assertThat(this.defaulted).isEmpty();
	}

	@Test
	@DisplayName("S97 getting gives what was set, and null is the default handler")
	void getGivesWhatWasSet() {
		LoopExceptionHandler handler = (loop, context) -> {
		};
		assertThat(this.loop.getExceptionHandler()).isNull();
		this.loop.setExceptionHandler(handler);
		assertThat(this.loop.getExceptionHandler()).isSameAs(handler);
		this.loop.setExceptionHandler(null);
		assertThat(this.loop.getExceptionHandler()).isNull();
	}

	@Test
	@DisplayName("S98 the default handler logs the message, the details in order, and the error")
	void defaultHandlerLogs(CapturedOutput output) {
		this.loop.callExceptionHandler(new ExceptionContext("It broke", new IllegalArgumentException("wrong"),
				new TreeMap<>(Map.of("zebra", 1, "ant", 2))));
		assertThat(output).containsSubsequence("It broke", "ant: 2", "zebra: 1",
				"java.lang.IllegalArgumentException: wrong");
	}

	@Test
	@DisplayName("S99 of a handler that throws, the default one is told its error and the original")
	void brokenHandler() {
		this.loop.setExceptionHandler((loop, context) -> {
			throw new IllegalStateException("the handler is broken");
		});
		this.loop.callExceptionHandler(ExceptionContext.of("It broke", null));
		assertThat(this.defaulted).singleElement().satisfies((context) -> {
			assertThat(context.message()).contains("exception handler");
			assertThat(context.exception()).hasMessage("the handler is broken");
			assertThat(context.details().get("context").toString()).contains("It broke");
		});
	}

	@Test
	@DisplayName("S100 a default handler that throws leaves a last line in the log, and the loop survives")
	void brokenDefaultHandler(CapturedOutput output) {
		this.defaultFails = true;
		List<String> ran = new ArrayList<>();
		this.loop.callSoon(() -> {
			throw new IllegalArgumentException("wrong");
		});
		this.loop.callSoon(() -> ran.add("next"));
		runOnce();
		assertThat(output).contains("Error in the default exception handler").contains("the default handler is broken");
		assertThat(ran).containsExactly("next");
	}

	private void runOnce() {
		this.loop.stop();
		this.loop.runForever();
	}

}
