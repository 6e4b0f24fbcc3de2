package io.eventloop.loop;

import java.util.ArrayList;
import java.util.List;

import io.eventloop.ExceptionContext;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Callbacks of the library's own that find no memory.
 */
@Timeout(20)
class RepeatableCallbackTests {

	private final SelectorEventLoop loop = new SelectorEventLoop();

	private final List<ExceptionContext> errors = new ArrayList<>();

	private int runs;

	RepeatableCallbackTests() {
		this.loop.setExceptionHandler((failed, context) -> this.errors.add(context));
	}

	@AfterEach
	void closeLoop() {
		this.loop.close();
	}

	@ParameterizedTest(name = "debug mode {0}")
	@DisplayName("a callback of the library's own is run again until it finds memory, and the loop goes on")
	@ValueSource(booleans = { false, true })
	void isRunAgain(boolean debug) {
		this.loop.setDebug(debug);
		this.loop.callSoon((RepeatableCallback) () -> failFirst(3));
		this.loop.callSoon(this.loop::stop);
		this.loop.runForever();
		assertThat(this.runs).isEqualTo(4);
		assertThat(this.errors).isEmpty();
	}

	@Test
	@DisplayName("a timer of the library's own too")
	void timerIsRunAgain() {
		this.loop.callAt(this.loop.time(), (RepeatableCallback) () -> {
			failFirst(1);
			this.loop.stop();
		});
		this.loop.runForever();
		assertThat(this.runs).isEqualTo(2);
	}

	@Test
	@DisplayName("so is one for which the JDK finds no memory to link a lambda, which is an InternalError")
	void isRunAgainAfterAWrappedShortage() {
		this.loop.callSoon((RepeatableCallback) () -> {
			if (this.runs++ == 0) {
				throw new InternalError(new OutOfMemoryError("on purpose"));
			}
		});
		this.loop.callSoon(this.loop::stop);
		this.loop.runForever();
		assertThat(this.runs).isEqualTo(2);
	}

	@Test
	@DisplayName("where memory never comes, the error goes to the exception handler, and the loop goes on")
	void isGivenUp() {
		this.loop.callSoon((RepeatableCallback) () -> failFirst(Integer.MAX_VALUE));
		this.loop.callSoon(this.loop::stop);
		this.loop.runForever();
		assertThat(this.runs).isEqualTo(MemoryReserve.TRIES + 1);
		assertThat(this.errors).singleElement()
			.satisfies((error) -> assertThat(error.exception()).isInstanceOf(OutOfMemoryError.class));
	}

	@Test
	@DisplayName("another error of the second run is reported as of any callback")
	void otherErrorIsReported() {
		this.loop.callSoon((RepeatableCallback) () -> {
			failFirst(1);
			throw new IllegalStateException("on purpose");
		});
		this.loop.callSoon(this.loop::stop);
		this.loop.runForever();
		assertThat(this.errors).singleElement()
			.satisfies((error) -> assertThat(error.exception()).hasMessage("on purpose"));
	}

	@Test
	@DisplayName("a user's callback that throws an OutOfMemoryError is not run again: it leaves the loop")
	void usersCallbackLeavesTheLoop() {
		this.loop.callSoon(() -> failFirst(1));
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(this.loop::runForever);
		assertThat(this.runs).isEqualTo(1);
	}

	@Test
	@DisplayName("a user's exception handler that throws one in a callback of the library's leaves the loop too")
	void usersHandlerLeavesTheLoop() {
		this.loop.setExceptionHandler((failed, context) -> {
			throw new OutOfMemoryError("of the handler");
		});
		this.loop.callSoon((RepeatableCallback) () -> {
			this.runs++;
			this.loop.callExceptionHandler(ExceptionContext.of("on purpose", new IllegalStateException(), "runs", 1));
		});
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(this.loop::runForever)
			.withMessage("of the handler");
		assertThat(this.runs).isEqualTo(1);
	}

	private void failFirst(int times) {
		if (this.runs++ < times) {
			throw new OutOfMemoryError("on purpose");
		}
	}

}
