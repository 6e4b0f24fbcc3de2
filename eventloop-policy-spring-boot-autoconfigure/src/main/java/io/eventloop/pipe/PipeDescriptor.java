package io.eventloop.pipe;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicBoolean;

import io.eventloop.memory.LeakWatch;
import io.eventloop.memory.RepeatableCallback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The descriptor of a pipe transport: closed exactly once, and only after its loop has
 * let go of it. Where the transport is collected unclosed, that is reported and made up
 * for.
 */
final class PipeDescriptor {

	private final PipeReactor reactor;

	private final Remains remains;

	private final LeakWatch watch;

	/**
	 * Take over a descriptor.
	 * @param owner the transport; the descriptor is closed when it is collected
	 * @param madeFor whom to name then: its protocol
	 */
	PipeDescriptor(Object owner, Object madeFor, PipeReactor reactor, int fd) {
		this.reactor = reactor;
		Throwable origin = reactor.loop().isDebug() ? new Throwable("It was made here") : null;
		this.remains = new Remains(fd, reactor.closer(fd), madeFor.getClass().getName(), origin,
				new WeakReference<>(reactor));
		reactor.claim(fd);
		try {
			this.watch = LeakWatch.over(owner, this.remains);
		}
		catch (OutOfMemoryError ex) {
			// It remains the caller's
			reactor.release(fd);
			throw ex;
		}
	}

	/**
	 * Leave it to the caller, open.
	 */
	void disown() {
		if (this.remains.closed.compareAndSet(false, true)) {
			this.reactor.release(fd());
			this.watch.end();
		}
	}

	int fd() {
		return this.remains.fd;
	}

	boolean isOpen() {
		return !this.remains.closed.get();
	}

	/**
	 * Close it. A second call does nothing.
	 */
	void close() {
		if (this.remains.closed.compareAndSet(false, true)) {
			this.remains.releaseAndClose(this.reactor);
			this.watch.end();
		}
	}

	/**
	 * What outlives the transport. It holds the loop weakly: the watch would keep an
	 * abandoned loop, and with it the transport, for ever.
	 *
	 * @param fd the descriptor
	 * @param closer what closes it
	 * @param madeFor whose it was
	 * @param origin where it was made; {@code null} but in debug mode
	 * @param reactor the loop that watches it
	 * @param closed whether it was closed
	 */
	private record Remains(int fd, Runnable closer, String madeFor, @Nullable Throwable origin,
			WeakReference<PipeReactor> reactor, AtomicBoolean closed) implements Runnable {

		private static final Logger logger = LoggerFactory.getLogger(PipeDescriptor.class);

		Remains(int fd, Runnable closer, String madeFor, @Nullable Throwable origin,
				WeakReference<PipeReactor> reactor) {
			this(fd, closer, madeFor, origin, reactor, new AtomicBoolean());
		}

		void releaseAndClose(PipeReactor watching) {
			try {
				watching.release(this.fd);
			}
			finally {
				this.closer.run();
			}
		}

		@Override
		public void run() {
			if (!this.closed.compareAndSet(false, true)) {
				return;
			}
			logger.warn(
					"The pipe transport of descriptor {}, made for {}{}, was never closed and can no longer be; "
							+ "it is closed now. Close transports, or read them to their end",
					this.fd, this.madeFor, (this.origin != null) ? "" : " (debug mode tells where)", this.origin);
			PipeReactor watching = this.reactor.get();
			if (watching == null || !closeOn(watching)) {
				this.closer.run();
			}
		}

		private boolean closeOn(PipeReactor watching) {
			try {
				watching.loop().callSoonThreadsafe((RepeatableCallback) () -> releaseAndClose(watching));
				return true;
			}
			catch (IllegalStateException ex) {
				// The loop is closed, and watches nothing any more
				return false;
			}
		}

	}

}
