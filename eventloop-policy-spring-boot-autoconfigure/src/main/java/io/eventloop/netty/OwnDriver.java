package io.eventloop.netty;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.ThreadAwareExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Netty's I/O handler for a loop that runs by itself: a {@link ManualIoEventLoop} makes
 * it wait, in the thread that runs the loop.
 * <p>
 * A manual loop belongs to one thread for good, and the loop here may be run by one after
 * the other. The handler therefore outlives the manual loops; each of them is replaced
 * when another thread comes, unless it was given out.
 */
final class OwnDriver implements NettyDriver, ThreadAwareExecutor {

	private static final long TASKS_NANOS = 1_000_000;

	private static final int WITHOUT_LIMIT = 0;

	private static final int WITHOUT_WAITING = -1;

	private final IoHandler handler;

	private volatile @Nullable ManualIoEventLoop manual;

	/**
	 * The thread that waits, {@code null} while none does.
	 */
	private volatile @Nullable Thread waiting;

	private volatile boolean woken;

	/**
	 * The thread that the handler was made ready for.
	 */
	private @Nullable Thread readyFor;

	private boolean givenOut;

	private boolean closed;

	OwnDriver(NettyTransport transport) {
		transport.require();
		this.handler = transport.handlers().newHandler(this);
	}

	/**
	 * Return Netty's loop, which stays with the current thread from now on.
	 */
	IoEventLoop giveOut() {
		IoEventLoop current = manual();
		this.givenOut = true;
		return current;
	}

	@Override
	public IoRegistration register(IoHandle handle) throws Exception {
		return this.handler.register(handle);
	}

	@Override
	public void select(long timeoutNanos) {
		ManualIoEventLoop current = manual();
		// An interrupted thread would never wait again
		boolean interrupted = Thread.interrupted();
		this.waiting = Thread.currentThread();
		try {
			current.run((timeoutNanos == 0) ? WITHOUT_WAITING : Math.max(WITHOUT_LIMIT, timeoutNanos), TASKS_NANOS);
		}
		finally {
			this.waiting = null;
			this.woken = false;
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private ManualIoEventLoop manual() {
		ManualIoEventLoop current = this.manual;
		Thread thread = Thread.currentThread();
		if (current == null || !current.inEventLoop(thread)) {
			if (this.givenOut) {
				throw new IllegalStateException(
						"Thread '%s' cannot run this loop, whose Netty loop was given out and stays with its thread; run it there"
							.formatted(thread.getName()));
			}
			current = new Manual(thread, this);
			this.manual = current;
		}
		makeReady(thread);
		return current;
	}

	private void makeReady(Thread thread) {
		if (this.readyFor != thread) {
			this.readyFor = thread;
			this.handler.initialize();
		}
	}

	@Override
	public void reported() {
	}

	/**
	 * The handler writes to its eventfd only if it waits; if it is about to, it finds
	 * that it may not.
	 */
	@Override
	public void wakeup() {
		this.woken = true;
		this.handler.wakeup();
	}

	/**
	 * An interrupt, too, ends the wait before Netty clears it.
	 */
	private boolean mayWait() {
		return !this.woken && !Thread.currentThread().isInterrupted();
	}

	@Override
	public void close() {
		if (!this.closed) {
			this.closed = true;
			makeReady(Thread.currentThread());
			try {
				this.handler.prepareToDestroy();
			}
			finally {
				this.handler.destroy();
			}
		}
	}

	/**
	 * While no thread waits, the thread that asks uses the loop by its rules.
	 */
	@Override
	public boolean isExecutorThread(Thread thread) {
		Thread current = this.waiting;
		return current == null || current == thread;
	}

	@Override
	public void execute(Runnable task) {
		ManualIoEventLoop current = this.manual;
		if (current == null || this.waiting == null) {
			task.run();
		}
		else {
			current.execute(task);
		}
	}

	private static final class Manual extends ManualIoEventLoop {

		private final OwnDriver driver;

		Manual(Thread thread, OwnDriver driver) {
			super(thread, (executor) -> new Shown(driver.handler));
			this.driver = driver;
		}

		@Override
		protected boolean canBlock() {
			return this.driver.mayWait();
		}

	}

	/**
	 * The handler as a manual loop knows it, whose end is not the handler's.
	 */
	private record Shown(IoHandler handler) implements IoHandler {

		@Override
		public int run(IoHandlerContext context) {
			return this.handler.run(context);
		}

		@Override
		public IoRegistration register(IoHandle handle) throws Exception {
			return this.handler.register(handle);
		}

		@Override
		public void wakeup() {
			this.handler.wakeup();
		}

		@Override
		public boolean isCompatible(Class<? extends IoHandle> type) {
			return this.handler.isCompatible(type);
		}

	}

}
