package io.eventloop.posix;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import io.eventloop.Signal;
import org.jspecify.annotations.Nullable;

/**
 * {@code sun.misc.Signal}, the JVM's only door to signals. It is exported by the module
 * {@code jdk.unsupported}, but javac has a warning for it that nothing suppresses: so by
 * reflection.
 */
final class JvmSignals {

	private static final String ABSENT = "This JVM lacks the module jdk.unsupported; add it to the image";

	private static final Class<?> SIGNAL = type("sun.misc.Signal");

	private static final Class<?> HANDLER = type("sun.misc.SignalHandler");

	private JvmSignals() {
	}

	/**
	 * A handler as the JVM wants it.
	 */
	static Object handler(Runnable action) {
		return Proxy.newProxyInstance(JvmSignals.class.getClassLoader(), new Class<?>[] { HANDLER },
				(proxy, method, arguments) -> invoke(proxy, method, arguments, action));
	}

	/**
	 * Install a handler and get the one that was there.
	 */
	static Object handle(Signal signal, Object handler) {
		try {
			Object named = SIGNAL.getConstructor(String.class).newInstance(shortName(signal));
			return SIGNAL.getMethod("handle", SIGNAL, HANDLER).invoke(null, named, handler);
		}
		catch (InvocationTargetException ex) {
			throw new IllegalArgumentException(
					"Cannot handle " + signal.name()
							+ ": it cannot be caught, is unknown here, or is one the JVM keeps to itself",
					ex.getCause());
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ABSENT, ex);
		}
	}

	/**
	 * Whether that is code, and neither the default nor nothing.
	 */
	static boolean isCode(Object handler) {
		try {
			return handler != HANDLER.getField("SIG_DFL").get(null) && handler != HANDLER.getField("SIG_IGN").get(null);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ABSENT, ex);
		}
	}

	private static @Nullable Object invoke(Object proxy, Method method, Object[] arguments, Runnable action) {
		return switch (method.getName()) {
			case "equals" -> proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			case "toString" -> "handler " + action;
			default -> {
				action.run();
				yield null;
			}
		};
	}

	private static String shortName(Signal signal) {
		return signal.name().startsWith("SIG") ? signal.name().substring("SIG".length()) : signal.name();
	}

	private static Class<?> type(String name) {
		try {
			return Class.forName(name);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ABSENT, ex);
		}
	}

}
