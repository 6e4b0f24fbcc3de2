package io.eventloop.loop;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.LoopFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
@ParameterizedClass
@EnumSource
class TaskTests {

	private final EventLoop loop;

	TaskTests(LoopKind kind) {
		this.loop = kind.newLoop();
	}

	@AfterEach
	void closeLoop() {
		this.loop.close();
	}

	@Test
	void taskStartsOnTheLoopAndIsListedUntilItIsDone() {
		CompletableFuture<String> work = new CompletableFuture<>();
		LoopFuture<String> task = this.loop.createTask(() -> {
			assertThat(EventLoops.getRunningLoop()).isSameAs(this.loop);
			return work;
		});
		assertThat(this.loop.allTasks()).containsExactly(task);
		this.loop.callSoon(() -> work.complete("done"));
		assertThat(this.loop.runUntilComplete(task)).isEqualTo("done");
		assertThat(this.loop.allTasks()).isEmpty();
	}

	@Test
	void taskIsCompletedOnTheLoop() {
		Thread thread = Thread.currentThread();
		LoopFuture<String> task = this.loop.createTask(() -> CompletableFuture.supplyAsync(() -> "done"));
		CompletableFuture<Boolean> onLoop = task.thenApply((text) -> Thread.currentThread() == thread);
		assertThat(this.loop.runUntilComplete(onLoop)).isTrue();
	}

	@Test
	void supplierThatThrowsFailsTheTask() {
		IllegalArgumentException error = new IllegalArgumentException("wrong");
		LoopFuture<String> task = this.loop.createTask(() -> {
			throw error;
		});
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.loop.runUntilComplete(task))
			.withCause(error);
	}

	@Test
	void failureOfTheStageIsTheTasks() {
		IllegalArgumentException error = new IllegalArgumentException("wrong");
		LoopFuture<String> task = this.loop
			.createTask(() -> CompletableFuture.<String>failedFuture(error).thenApply(String::trim));
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.loop.runUntilComplete(task))
			.withCause(error);
	}

	@Test
	void cancellingATaskCancelsItsStage() {
		CompletableFuture<String> work = new CompletableFuture<>();
		LoopFuture<String> task = this.loop.createTask(() -> work);
		this.loop.callSoon(() -> task.cancel(true));
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> this.loop.runUntilComplete(task));
		assertThat(work).isCancelled();
		assertThat(task).isCancelled();
	}

	@Test
	void taskCancelledBeforeItsStartNeverStarts() {
		CompletableFuture<String> started = new CompletableFuture<>();
		LoopFuture<String> task = this.loop.createTask(() -> {
			started.complete("started");
			return started;
		});
		task.cancel(true);
		this.loop.stop();
		this.loop.runForever();
		assertThat(started).isNotDone();
		assertThat(this.loop.allTasks()).isEmpty();
	}

}
