package io.eventloop.posix;

import io.eventloop.Signal;

/**
 * A handler that is installed for a signal, until closed. From any thread.
 *
 * @since 0.1.0
 * @see Signals#install(Signal, Runnable)
 */
public final class SignalRegistration implements AutoCloseable {

	private final Signal signal;

	private final Object handler;

	private final Object former;

	private boolean closed;

	SignalRegistration(Signal signal, Runnable action) {
		this.signal = signal;
		this.handler = JvmSignals.handler(action);
		this.former = JvmSignals.handle(signal, this.handler);
	}

	/**
	 * Return the signal.
	 * @return the signal that is handled
	 */
	public Signal signal() {
		return this.signal;
	}

	/**
	 * Put the former handler back, unless somebody has installed another in the meantime,
	 * which then stays.
	 * @return whether the former handler is back; {@code false} too if this had been
	 * closed already
	 */
	public synchronized boolean restore() {
		if (this.closed) {
			return false;
		}
		this.closed = true;
		Object current = JvmSignals.handle(this.signal, this.former);
		if (current == this.handler) {
			return true;
		}
		JvmSignals.handle(this.signal, current);
		return false;
	}

	/**
	 * As {@link #restore()}.
	 */
	@Override
	public void close() {
		restore();
	}

}
