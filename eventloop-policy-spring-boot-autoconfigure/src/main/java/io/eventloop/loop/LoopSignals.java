package io.eventloop.loop;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.eventloop.CapturedContext;
import io.eventloop.Signal;
import io.eventloop.memory.ClosingSteps;
import io.eventloop.posix.PosixPlatform;
import io.eventloop.posix.SignalRegistration;
import io.eventloop.posix.Signals;
import org.jspecify.annotations.Nullable;

/**
 * The signals that a loop handles. The handler proper, on a thread of the JVM's, only
 * posts to the loop.
 */
final class LoopSignals implements AutoCloseable {

	private final BaseEventLoop loop;

	private final Map<Signal, SignalRegistration> registrations = new HashMap<>();

	private final Map<Signal, Callback> callbacks = new ConcurrentHashMap<>();

	LoopSignals(BaseEventLoop loop) {
		this.loop = loop;
	}

	void add(Signal signal, Runnable callback) {
		Callback added = new Callback(Objects.requireNonNull(callback, "'callback' must not be null"),
				this.loop.captureContext());
		if (!this.registrations.containsKey(signal)) {
			this.registrations.put(signal, install(signal));
		}
		this.callbacks.put(signal, added);
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
		this.callbacks.clear();
		if (!this.registrations.isEmpty()) {
			ClosingSteps.each(this.registrations.values(), SignalRegistration::close);
		}
		this.registrations.clear();
	}

	private SignalRegistration install(Signal signal) {
		PosixPlatform.signalsProblem().ifPresent((problem) -> {
			throw new IllegalStateException("Cannot handle %s: %s".formatted(signal, problem));
		});
		try {
			return Signals.install(signal, () -> post(signal));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalStateException(ex.getMessage() + "; use another one, such as SIGHUP or SIGUSR1", ex);
		}
	}

	/**
	 * On a thread of the JVM's.
	 */
	private void post(Signal signal) {
		Callback callback = this.callbacks.get(signal);
		if (callback == null) {
			return;
		}
		try {
			this.loop.post(new CallbackHandle(() -> deliver(signal)), callback.context());
		}
		catch (IllegalStateException ex) {
			// The loop was closed meanwhile
		}
	}

	private void deliver(Signal signal) {
		Callback callback = this.callbacks.get(signal);
		if (callback != null) {
			callback.runnable().run();
		}
	}

	private record Callback(Runnable runnable, @Nullable CapturedContext context) {

	}

}
