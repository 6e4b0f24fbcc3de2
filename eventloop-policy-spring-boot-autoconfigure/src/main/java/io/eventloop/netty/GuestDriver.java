package io.eventloop.netty;

import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.eventloop.loop.LoopHost;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandle;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The I/O handler of a Netty loop that runs already, and on which a loop here is a guest.
 */
final class GuestDriver implements NettyDriver, LoopHost {

	private static final Logger logger = LoggerFactory.getLogger(NettyEventLoop.class);

	private final IoEventLoop host;

	private volatile @Nullable Runnable turn;

	private boolean turnRequested;

	private @Nullable Future<?> alarm;

	GuestDriver(IoEventLoop host) {
		this.host = host;
	}

	@Override
	public void attach(Runnable turn) {
		this.turn = turn;
	}

	@Override
	public boolean isHostThread() {
		return this.host.inEventLoop();
	}

	@Override
	public void requestTurn() {
		execute(turn());
	}

	@Override
	public void requestTurnAfter(long nanos) {
		if (this.alarm != null) {
			this.alarm.cancel(false);
		}
		try {
			this.alarm = this.host.schedule(turn(), nanos, TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			logEnd(ex);
		}
	}

	@Override
	public IoRegistration register(IoHandle handle) throws Exception {
		if (!isHostThread()) {
			throw new IllegalStateException(
					"Called from thread '%s', which is not the one of %s; use callSoonThreadsafe"
						.formatted(Thread.currentThread().getName(), this.host));
		}
		Future<IoRegistration> registration = this.host.register(handle);
		if (registration.cause() instanceof Exception ex) {
			throw ex;
		}
		return registration.getNow();
	}

	@Override
	public void select(long timeoutNanos) {
		this.turnRequested = false;
	}

	@Override
	public void reported() {
		if (!this.turnRequested) {
			this.turnRequested = true;
			execute(turn());
		}
	}

	@Override
	public void wakeup() {
		requestTurn();
	}

	/**
	 * The handler is the host's.
	 */
	@Override
	public void close() {
		if (this.alarm != null) {
			this.alarm.cancel(false);
		}
	}

	private Runnable turn() {
		return Objects.requireNonNull(this.turn, "The guest has not come");
	}

	private void execute(Runnable task) {
		try {
			this.host.execute(task);
		}
		catch (RejectedExecutionException ex) {
			logEnd(ex);
		}
	}

	/**
	 * The guest is about to be told.
	 */
	private void logEnd(RejectedExecutionException cause) {
		logger.debug("{} has ended, and runs nothing more", this.host, cause);
	}

}
