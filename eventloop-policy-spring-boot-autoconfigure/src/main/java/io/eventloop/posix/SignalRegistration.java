package io.eventloop.posix;

import java.util.Optional;

import io.eventloop.Signal;
import org.jspecify.annotations.Nullable;

/**
 * A handler that is installed for a signal, until closed. From any thread.
 *
 * @since 0.1.0
 * @see Signals#install(Signal, Runnable)
 */
public final class SignalRegistration implements AutoCloseable {

	private final Signal signal;

	private final Runnable action;

	private final @Nullable Object replaced;

	private boolean closed;

	SignalRegistration(Signal signal, Runnable action) {
		this.signal = signal;
		this.action = action;
		this.replaced = SharedSignal.of(signal).add(this);
	}

	/**
	 * Return the signal.
	 * @return the signal that is handled
	 */
	public Signal signal() {
		return this.signal;
	}

	/**
	 * Return the handler of other code that is not called meanwhile.
	 * @return its text form, empty if there was none
	 */
	public Optional<String> replaced() {
		return Optional.ofNullable(this.replaced).map(Object::toString);
	}

	/**
	 * Call the handler no more. The last one of this library for its signal puts back
	 * what other code had installed before the first, unless other code has installed
	 * another handler in the meantime, which then stays.
	 * @return {@code false} if other code had taken the signal, or if this had been
	 * closed already
	 */
	public synchronized boolean restore() {
		if (this.closed) {
			return false;
		}
		this.closed = true;
		return SharedSignal.of(this.signal).remove(this);
	}

	/**
	 * As {@link #restore()}.
	 */
	@Override
	public void close() {
		restore();
	}

	void arrived() {
		this.action.run();
	}

}
