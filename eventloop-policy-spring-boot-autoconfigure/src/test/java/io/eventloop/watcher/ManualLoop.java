package io.eventloop.watcher;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntConsumer;

import io.eventloop.EventLoop;
import io.eventloop.RunningLoop;

/**
 * A loop whose events are made by hand, in the test's thread.
 */
final class ManualLoop {

	final Map<Integer, Runnable> readers = new HashMap<>();

	final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();

	final Queue<Runnable> timers = new ConcurrentLinkedQueue<>();

	final List<Runnable> closeListeners = new ArrayList<>();

	IntConsumer removing = (fd) -> {
	};

	boolean withoutDescriptors;

	boolean closed;

	private final EventLoop loop = (EventLoop) Proxy.newProxyInstance(EventLoop.class.getClassLoader(),
			new Class<?>[] { EventLoop.class }, (proxy, method, arguments) -> call(proxy, method, arguments));

	EventLoop loop() {
		return this.loop;
	}

	/**
	 * Run code as if on the loop.
	 */
	void run(Runnable code) {
		RunningLoop.set(this.loop);
		try {
			code.run();
		}
		finally {
			RunningLoop.set(null);
		}
	}

	/**
	 * Run what was posted.
	 */
	void runPosted() {
		run(() -> {
			for (Runnable next = this.posted.poll(); next != null; next = this.posted.poll()) {
				next.run();
			}
		});
	}

	/**
	 * Let the time of the timers that were set come.
	 */
	void runTimers() {
		run(() -> {
			for (int left = this.timers.size(); left > 0; left--) {
				this.timers.remove().run();
			}
		});
	}

	/**
	 * Make the only reader's descriptor ready.
	 */
	void fire() {
		run(this.readers.values().iterator().next());
	}

	void close() {
		this.closed = true;
		this.posted.clear();
		this.closeListeners.forEach(Runnable::run);
	}

	private Object call(Object proxy, Method method, Object[] arguments) {
		return switch (method.getName()) {
			case "addReader" -> addReader((Integer) arguments[0], (Runnable) arguments[1]);
			case "removeReader" -> {
				this.removing.accept((Integer) arguments[0]);
				yield this.readers.remove((Integer) arguments[0]) != null;
			}
			case "callSoonThreadsafe" -> {
				if (this.closed) {
					throw new IllegalStateException("closed");
				}
				this.posted.add((Runnable) arguments[0]);
				yield null;
			}
			case "callLater" -> {
				this.timers.add((Runnable) arguments[1]);
				yield null;
			}
			case "isRunning" -> true;
			case "callExceptionHandler" -> throw new AssertionError(arguments[0]);
			case "addCloseListener" -> {
				this.closeListeners.add((Runnable) arguments[0]);
				yield null;
			}
			case "isClosed" -> this.closed;
			case "hashCode" -> System.identityHashCode(proxy);
			case "equals" -> proxy == arguments[0];
			case "toString" -> "manual loop";
			default -> throw new UnsupportedOperationException(method.getName());
		};
	}

	private Object addReader(int fd, Runnable callback) {
		if (this.withoutDescriptors) {
			throw new UnsupportedOperationException("This loop watches no descriptors");
		}
		return this.readers.put(fd, callback);
	}

}
