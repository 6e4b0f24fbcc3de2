package io.eventloop.posix;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.eventloop.Signal;
import org.jspecify.annotations.Nullable;

/**
 * One signal and all of this library's handlers for it, which the JVM has one place for:
 * they share it and are all called. The first one takes the place from the handler that
 * has it, the last one gives it back.
 *
 * <p>
 * Other code that takes the place meanwhile keeps it, until another of ours comes.
 */
final class SharedSignal {

	private static final Map<Signal, SharedSignal> SIGNALS = new ConcurrentHashMap<>();

	private final Signal signal;

	private final List<SignalRegistration> registrations = new CopyOnWriteArrayList<>();

	private final Object handler = JvmSignals.handler(this::arrived);

	private @Nullable Object former;

	private SharedSignal(Signal signal) {
		this.signal = signal;
	}

	static SharedSignal of(Signal signal) {
		return SIGNALS.computeIfAbsent(signal, SharedSignal::new);
	}

	/**
	 * Add a handler.
	 * @return other code's handler whose place was taken for it, null if there was none
	 */
	synchronized @Nullable Object add(SignalRegistration registration) {
		Object current = JvmSignals.handle(this.signal, this.handler);
		this.registrations.add(registration);
		if (current == this.handler) {
			return null;
		}
		this.former = current;
		return JvmSignals.isCode(current) ? current : null;
	}

	/**
	 * Remove a handler.
	 * @return whether the JVM's place was ours until now
	 */
	synchronized boolean remove(SignalRegistration registration) {
		this.registrations.remove(registration);
		Object next = (this.registrations.isEmpty() && this.former != null) ? this.former : this.handler;
		Object current = JvmSignals.handle(this.signal, next);
		if (current == this.handler) {
			return true;
		}
		JvmSignals.handle(this.signal, current);
		return false;
	}

	/**
	 * On a thread that the JVM makes for each signal.
	 */
	private void arrived() {
		for (SignalRegistration registration : this.registrations) {
			try {
				registration.arrived();
			}
			catch (RuntimeException | Error ex) {
				Thread thread = Thread.currentThread();
				thread.getUncaughtExceptionHandler().uncaughtException(thread, ex);
			}
		}
	}

}
