package io.eventloop.watcher;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.eventloop.EventLoop;
import io.eventloop.loop.SelectorEventLoop;

/**
 * A loop that runs in a thread of its own.
 */
public final class LoopThread implements AutoCloseable {

	private final EventLoop loop = new SelectorEventLoop();

	private final Thread thread;

	public LoopThread(String name) {
		this.thread = new Thread(this.loop::runForever, name);
		this.thread.start();
	}

	public EventLoop loop() {
		return this.loop;
	}

	public String name() {
		return this.thread.getName();
	}

	/**
	 * Run code on the loop and wait for its end.
	 */
	public void run(Runnable code) {
		call(() -> {
			code.run();
			return null;
		});
	}

	public void awaitRunning() {
		run(() -> {
		});
	}

	public <T> T call(Callable<T> code) {
		FutureTask<T> task = new FutureTask<>(code);
		this.loop.callSoonThreadsafe(task);
		try {
			return task.get(20, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			throw new AssertionError(ex.getCause());
		}
		catch (InterruptedException | TimeoutException ex) {
			throw new AssertionError("The loop did not run the code", ex);
		}
	}

	/**
	 * Keep the loop busy.
	 * @return to let it go on
	 */
	public CountDownLatch block() {
		CountDownLatch blocked = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		this.loop.callSoonThreadsafe(() -> {
			blocked.countDown();
			awaitLatch(goOn);
		});
		awaitLatch(blocked);
		return goOn;
	}

	public void stop() {
		if (!this.loop.isClosed()) {
			this.loop.callSoonThreadsafe(this.loop::stop);
		}
		join();
	}

	public void join() {
		try {
			this.thread.join(20_000);
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	@Override
	public void close() {
		stop();
		this.loop.close();
	}

	private static void awaitLatch(CountDownLatch latch) {
		try {
			if (!latch.await(20, TimeUnit.SECONDS)) {
				throw new AssertionError("The latch was not released");
			}
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

}
