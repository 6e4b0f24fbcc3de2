package io.eventloop.policy;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Runs code in a thread of its own that has ended when the result is there.
 */
final class OtherThread {

	private OtherThread() {
	}

	static <T> T call(String name, Callable<T> code) throws Exception {
		FutureTask<T> task = new FutureTask<>(code);
		Thread thread = new Thread(task, name);
		thread.start();
		T result = task.get(10, TimeUnit.SECONDS);
		thread.join(10_000);
		return result;
	}

}
