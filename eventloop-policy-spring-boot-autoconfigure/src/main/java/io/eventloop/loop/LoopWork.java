package io.eventloop.loop;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.eventloop.LoopFuture;
import io.eventloop.memory.ClosingSteps;
import org.jspecify.annotations.Nullable;

/**
 * What a loop has under way: its tasks, and its work in executors. May be used from any
 * thread.
 */
final class LoopWork {

	private final BaseEventLoop loop;

	private final DefaultExecutor defaultExecutor = new DefaultExecutor();

	private final Set<Task<?>> tasks = ConcurrentHashMap.newKeySet();

	private final Set<ExecutorWork<?>> executorWork = ConcurrentHashMap.newKeySet();

	LoopWork(BaseEventLoop loop) {
		this.loop = loop;
	}

	DefaultExecutor defaultExecutor() {
		return this.defaultExecutor;
	}

	Set<LoopFuture<?>> tasks() {
		return Set.copyOf(this.tasks);
	}

	/**
	 * Return the tasks that are not done.
	 */
	List<Task<?>> pendingTasks() {
		return List.copyOf(this.tasks);
	}

	Set<LoopFuture<?>> executorWork() {
		return this.executorWork.stream().map(ExecutorWork::future).collect(Collectors.toUnmodifiableSet());
	}

	<T> LoopFuture<T> start(Supplier<? extends CompletionStage<T>> supplier) {
		Task<T> task = new Task<>(this.loop, supplier);
		this.loop.post(new CallbackHandle(task), task.context());
		this.tasks.add(task);
		task.whenComplete((result, failure) -> this.tasks.remove(task));
		if (this.loop.isClosed()) {
			task.loopClosed();
		}
		return task;
	}

	<T> LoopFuture<T> submit(@Nullable Executor executor, Callable<T> work) {
		this.loop.checkOpen();
		ExecutorWork<T> submitted = new ExecutorWork<>(this.loop, work);
		LoopFuture<T> future = track(submitted);
		try {
			((executor != null) ? executor : this.defaultExecutor.get()).execute(submitted);
		}
		catch (RuntimeException ex) {
			this.executorWork.remove(submitted);
			this.loop.checkOpen();
			throw ex;
		}
		return future;
	}

	/**
	 * Have the future of some work end with the loop if its outcome is on its way there.
	 */
	<T> LoopFuture<T> track(ExecutorWork<T> submitted) {
		this.executorWork.add(submitted);
		LoopFuture<T> future = submitted.future();
		future.whenComplete((result, failure) -> this.executorWork.remove(submitted));
		return future;
	}

	void setDefaultExecutor(ExecutorService executor) {
		this.loop.checkOpen();
		this.defaultExecutor.set(Objects.requireNonNull(executor, "'executor' must not be null"));
	}

	/**
	 * Accept no more work for the default executor.
	 */
	void shutdown() {
		this.defaultExecutor.shutdown();
	}

	/**
	 * Fail what still waits, as the loop is closed.
	 */
	void loopClosed() {
		try {
			if (!this.tasks.isEmpty()) {
				ClosingSteps.each(this.tasks, Task::loopClosed);
			}
		}
		finally {
			if (!this.executorWork.isEmpty()) {
				ClosingSteps.each(this.executorWork, ExecutorWork::loopClosed);
			}
		}
	}

}
