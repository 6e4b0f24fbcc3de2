package io.eventloop.loop;

import java.util.HashMap;
import java.util.Map;

import io.eventloop.EventLoop;
import io.eventloop.Signal;
import io.eventloop.posix.SignalRegistration;
import io.eventloop.posix.Signals;
import org.jspecify.annotations.Nullable;

/**
 * The signals that a loop handles. The handler proper, on a thread of the JVM's, only
 * posts to the loop.
 */
final class LoopSignals implements AutoCloseable {

	private final EventLoop loop;

	private final Map<Signal, SignalRegistration> registrations = new HashMap<>();

	private final Map<Signal, Runnable> callbacks = new HashMap<>();

	LoopSignals(EventLoop loop) {
		this.loop = loop;
	}

	void add(Signal signal, Runnable callback) {
		Runnable replaced = this.callbacks.put(signal, callback);
		if (replaced == null) {
			try {
				this.registrations.put(signal, Signals.install(signal, () -> post(signal)));
			}
			catch (IllegalArgumentException ex) {
				this.callbacks.remove(signal);
				throw new IllegalStateException("Signal %s cannot be caught".formatted(signal), ex);
			}
		}
	}

	boolean remove(Signal signal) {
		this.callbacks.remove(signal);
		@Nullable SignalRegistration registration = this.registrations.remove(signal);
		if (registration == null) {
			return false;
		}
		registration.close();
		return true;
	}

	@Override
	public void close() {
		this.registrations.values().forEach(SignalRegistration::close);
		this.registrations.clear();
		this.callbacks.clear();
	}

	private void post(Signal signal) {
		if (!this.loop.isClosed()) {
			this.loop.callSoonThreadsafe(() -> deliver(signal));
		}
	}

	private void deliver(Signal signal) {
		Runnable callback = this.callbacks.get(signal);
		if (callback != null) {
			callback.run();
		}
	}

}
