package io.eventloop.watcher;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What other code does with SIGCHLD, past this library.
 */
final class ForeignSigchld {

	private final AtomicInteger heard = new AtomicInteger();

	private final Object handler = handler(this.heard::incrementAndGet);

	/**
	 * Take the signal.
	 * @return the handler that was there
	 */
	Object take() {
		return handle(this.handler);
	}

	Object handler() {
		return this.handler;
	}

	int heard() {
		return this.heard.get();
	}

	/**
	 * Return the handler that is there.
	 */
	static Object current() {
		Object current = handle(handler(() -> {
		}));
		handle(current);
		return current;
	}

	/**
	 * Put a handler there.
	 * @return the one that was there
	 */
	static Object handle(Object handler) {
		try {
			Class<?> signal = Class.forName("sun.misc.Signal");
			return signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
				.invoke(null, signal.getConstructor(String.class).newInstance("CHLD"), handler);
		}
		catch (ReflectiveOperationException ex) {
			throw new AssertionError(ex);
		}
	}

	private static Object handler(Runnable action) {
		try {
			Class<?> type = Class.forName("sun.misc.SignalHandler");
			return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
					(proxy, method, arguments) -> {
						switch (method.getName()) {
							case "equals":
								return proxy == arguments[0];
							case "hashCode":
								return System.identityHashCode(proxy);
							case "toString":
								return "a foreign handler";
							default:
								action.run();
								return null;
						}
					});
		}
		catch (ClassNotFoundException ex) {
			throw new AssertionError(ex);
		}
	}

}
