package io.eventloop.loop;

import java.util.concurrent.TimeUnit;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What must not be done with a loop is refused by a sentence that names the loop and says
 * what to do, and harms no loop.
 */
@Timeout(30)
@ParameterizedClass
@EnumSource
class LoopMistakesTests {

	private final EventLoop loop;

	private final EventLoop other;

	LoopMistakesTests(LoopKind kind) {
		this.loop = kind.newLoop();
		this.other = kind.newLoop();
	}

	@AfterEach
	void closeLoops() {
		this.loop.close();
		this.other.close();
	}

	@Test
	@DisplayName("S80 running the running loop")
	void runningTheRunningLoop() {
		assertThat(onTheLoop(this.loop::runForever)).hasMessageContaining("[running]")
			.hasMessageContaining("schedule with callSoon");
	}

	@Test
	@DisplayName("S80 running the running loop in another thread")
	void runningTheRunningLoopElsewhere() {
		assertThat(onTheLoop(() -> inThread(this.loop::runForever))).hasMessageContaining("[running]")
			.hasMessageContaining("schedule with callSoon");
	}

	@Test
	@DisplayName("S81 running another loop where one runs")
	void runningAnotherLoop() {
		assertThat(onTheLoop(this.other::runForever)).hasMessageContaining("[running]")
			.hasMessageContaining("another thread");
		assertThat(this.other.isRunning()).isFalse();
	}

	@Test
	@DisplayName("S86 closing the running loop")
	void closingTheRunningLoop() {
		assertThat(onTheLoop(this.loop::close)).hasMessageContaining("[running]").hasMessageContaining("stop it first");
		assertThat(this.loop.isClosed()).isFalse();
	}

	@Test
	@DisplayName("S86 closing the running loop from another thread")
	void closingTheRunningLoopElsewhere() {
		assertThat(onTheLoop(() -> inThread(this.loop::close))).hasMessageContaining("[running]")
			.hasMessageContaining("stop it first");
		assertThat(this.loop.isClosed()).isFalse();
	}

	@Test
	@DisplayName("S73 running a closed loop")
	void runningAClosedLoop() {
		this.loop.close();
		LoopFuture<Void> future = this.loop.createFuture();
		assertThat(caught(this.loop::runForever)).hasMessageContaining("[closed]")
			.hasMessageContaining("create another with newEventLoop");
		assertThat(caught(() -> this.loop.runUntilComplete(future))).hasMessageContaining("[closed]")
			.hasMessageContaining("create another with newEventLoop");
	}

	@Test
	@DisplayName("S83 stopping before the future is done")
	void stoppingBeforeTheFutureIsDone() {
		this.loop.callSoon(this.loop::stop);
		assertThat(caught(() -> this.loop.runUntilComplete(this.loop.createFuture()))).hasMessageContaining("[stopped]")
			.hasMessageContaining("before the future was done");
	}

	@Test
	@DisplayName("waiting for a future on its loop's own thread")
	void blockingOnTheLoop() {
		LoopFuture<Void> future = this.loop.createFuture();
		assertThat(onTheLoop(future::join)).hasMessageContaining("chain with thenAccept");
		assertThat(onTheLoop(future::get)).hasMessageContaining("chain with thenAccept");
		assertThat(onTheLoop(() -> future.get(1, TimeUnit.DAYS))).hasMessageContaining("chain with thenAccept");
	}

	/**
	 * Catch what is thrown on the loop, which goes on.
	 */
	private Throwable onTheLoop(ThrowingCallable mistake) {
		LoopFuture<Throwable> caught = this.loop.createFuture();
		this.loop.callSoon(() -> caught.complete(caught(mistake)));
		return this.loop.runUntilComplete(caught);
	}

	private static Throwable caught(ThrowingCallable mistake) {
		Throwable caught = catchThrowable(mistake);
		assertThat(caught).isInstanceOf(IllegalStateException.class);
		return caught;
	}

	private static void inThread(ThrowingCallable mistake) throws Throwable {
		Throwable[] caught = new Throwable[1];
		Thread thread = new Thread(() -> caught[0] = catchThrowable(mistake));
		thread.start();
		thread.join();
		throw caught[0];
	}

}
