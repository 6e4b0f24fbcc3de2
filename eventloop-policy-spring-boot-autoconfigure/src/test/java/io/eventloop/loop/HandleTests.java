package io.eventloop.loop;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import io.eventloop.Handle;
import io.eventloop.TimerHandle;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
@ParameterizedClass
@EnumSource
class HandleTests {

	private final EventLoop loop;

	HandleTests(LoopKind kind) {
		this.loop = kind.newLoop();
	}

	@AfterEach
	void closeLoop() {
		this.loop.close();
	}

	@Test
	@DisplayName("S48 cancelling twice is harmless, is visible, and lets go of the callback")
	void cancelIsIdempotentAndFreesTheCallback() {
		Runnable callback = new Callback();
		WeakReference<Runnable> reference = new WeakReference<>(callback);
		Handle handle = this.loop.callLater(Duration.ofHours(1), callback);
		callback = null;
		assertThat(handle.isCancelled()).isFalse();
		handle.cancel();
		handle.cancel();
		assertThat(handle.isCancelled()).isTrue();
		Awaitility.await().until(() -> {
			System.gc();
			return reference.refersTo(null);
		});
	}

	@Test
	@DisplayName("S49 a debugged handle keeps its text and where it was made")
	void debuggedHandleTellsWhereItWasMade() {
		this.loop.setDebug(true);
		List<ExceptionContext> errors = new ArrayList<>();
		this.loop.setExceptionHandler((loop, context) -> errors.add(context));
		Handle cancelled = this.loop.callSoon(new Callback());
		cancelled.cancel();
		assertThat(cancelled).hasToString("Handle[cancelled a callback]");
		scheduleFailure();
		runOnce();
		assertThat(errors).singleElement()
			.satisfies((context) -> assertThat(context.exception().getSuppressed()).singleElement()
				.satisfies((creation) -> assertThat(creation.getStackTrace())
					.anyMatch((frame) -> frame.getMethodName().equals("scheduleFailure"))));
	}

	@Test
	@DisplayName("S51 an error in a callback goes to the exception handler, and the loop goes on")
	void errorGoesToTheExceptionHandler() {
		List<ExceptionContext> errors = new ArrayList<>();
		List<String> ran = new ArrayList<>();
		this.loop.setExceptionHandler((loop, context) -> errors.add(context));
		IllegalStateException error = new IllegalStateException("broken");
		Handle handle = this.loop.callSoon(() -> {
			throw error;
		});
		this.loop.callSoon(() -> ran.add("next"));
		runOnce();
		assertThat(ran).containsExactly("next");
		assertThat(errors).singleElement().satisfies((context) -> {
			assertThat(context.message()).startsWith("Exception in callback");
			assertThat(context.exception()).isSameAs(error);
			assertThat(context.details()).containsEntry("handle", handle);
		});
	}

	@Test
	@DisplayName("S53 a handle's text form shows its callback, or that it was cancelled")
	void textForm() {
		Handle handle = this.loop.callSoon(new Callback());
		assertThat(handle).hasToString("Handle[a callback]");
		handle.cancel();
		assertThat(handle).hasToString("Handle[cancelled]");
		assertThat(this.loop.callSoon(() -> {
		}).toString()).contains("HandleTests");
	}

	@Test
	@DisplayName("S54 a timer tells when it is due")
	void timerTellsWhenItIsDue() {
		TimerHandle timer = this.loop.callAt(4711, new Callback());
		assertThat(timer.when()).isEqualTo(4711);
	}

	@Test
	@DisplayName("S55 a timer's text form shows when it is due")
	void timerTextForm() {
		TimerHandle timer = this.loop.callAt(4711, new Callback());
		assertThat(timer).hasToString("Handle[when=4711 a callback]");
		timer.cancel();
		assertThat(timer).hasToString("Handle[cancelled when=4711]");
	}

	private void scheduleFailure() {
		this.loop.callSoon(() -> {
			throw new IllegalStateException("broken");
		});
	}

	private void runOnce() {
		this.loop.stop();
		this.loop.runForever();
	}

	private static final class Callback implements Runnable {

		@Override
		public void run() {
		}

		@Override
		public String toString() {
			return "a callback";
		}

	}

}
