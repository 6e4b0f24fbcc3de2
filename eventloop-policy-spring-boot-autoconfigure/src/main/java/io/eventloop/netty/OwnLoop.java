package io.eventloop.netty;

import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import io.netty.util.internal.ThreadExecutorMap;
import org.jspecify.annotations.Nullable;

/**
 * A loop of Netty's that belongs to the thread which runs it now, or ran it last. Netty's
 * own {@link io.netty.channel.ManualIoEventLoop} stays with one thread for good, where an
 * event loop may be run by one thread after the other and closed by a third: its channels
 * could not be closed then.
 */
final class OwnLoop extends AbstractScheduledEventExecutor implements IoEventLoop {

	private static final long TASKS_NANOS = 1_000_000;

	private static final long CLOSING_NANOS = 2_000_000_000L;

	private static final long CLOSING_STEP_NANOS = 10_000_000;

	private final IoHandler handler;

	private final Set<Channel> channels = new HashSet<>();

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final Promise<Void> terminated = new DefaultPromise<>(GlobalEventExecutor.INSTANCE);

	private final Waiting waiting = new Waiting();

	private final Runnable pass = ThreadExecutorMap.apply(this::pass, this);

	private final Runnable end = ThreadExecutorMap.apply(this::endHandler, this);

	private volatile @Nullable Thread owner;

	private volatile boolean woken;

	private volatile boolean ending;

	private volatile boolean ended;

	OwnLoop(IoHandler handler) {
		this.handler = handler;
	}

	/**
	 * Make it the current thread's. Not while another thread runs it.
	 */
	void own() {
		Thread current = Thread.currentThread();
		if (this.owner != current) {
			this.owner = current;
			this.handler.initialize();
		}
	}

	/**
	 * Wait for the handler once, and run what there is to run.
	 * @param timeoutNanos 0 to poll without waiting, negative to wait without limit
	 */
	void run(long timeoutNanos) {
		own();
		this.waiting.limit(timeoutNanos);
		try {
			this.pass.run();
		}
		finally {
			this.woken = false;
		}
	}

	private void pass() {
		this.handler.run(this.waiting);
		runTasks(TASKS_NANOS);
	}

	private void runTasks(long limitNanos) {
		fetchFromScheduledTaskQueue(this.tasks);
		long deadline = getCurrentTimeNanos() + limitNanos;
		for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
			safeExecute(task);
			if (getCurrentTimeNanos() - deadline >= 0) {
				return;
			}
		}
	}

	/**
	 * Make the wait in progress, or the next one, end.
	 */
	void wakeup() {
		this.woken = true;
		this.handler.wakeup();
	}

	/**
	 * Close all that is registered, and the handler. A second call does nothing.
	 */
	void end() {
		if (!this.ending) {
			this.ending = true;
			own();
			this.end.run();
			this.terminated.setSuccess(null);
		}
	}

	private void endHandler() {
		try {
			closeChannels();
			this.handler.prepareToDestroy();
			runAllTasks();
			cancelScheduledTasks();
		}
		finally {
			this.handler.destroy();
			runAllTasks();
			this.ended = true;
			runAllTasks();
		}
	}

	/**
	 * Close the channels. io_uring closes one when the kernel has let go of its buffers,
	 * which must not be freed before.
	 */
	private void closeChannels() {
		runAllTasks();
		List.copyOf(this.channels).forEach(Channel::close);
		runAllTasks();
		long start = getCurrentTimeNanos();
		while (!this.channels.isEmpty() && getCurrentTimeNanos() - start < CLOSING_NANOS) {
			this.waiting.limit(CLOSING_STEP_NANOS);
			this.handler.run(this.waiting);
			runAllTasks();
		}
	}

	private void runAllTasks() {
		fetchFromScheduledTaskQueue(this.tasks);
		for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
			safeExecute(task);
		}
	}

	@Override
	public void execute(Runnable task) {
		if (this.ended) {
			throw closed();
		}
		this.tasks.add(task);
		if (inEventLoop()) {
			return;
		}
		if (!this.ended) {
			this.handler.wakeup();
		}
		else if (this.tasks.remove(task)) {
			throw closed();
		}
	}

	private static RejectedExecutionException closed() {
		return new RejectedExecutionException("This loop is closed with its NettyEventLoop; use another");
	}

	@Override
	public boolean inEventLoop(Thread thread) {
		return this.owner == thread;
	}

	@Override
	public Future<IoRegistration> register(IoHandle handle) {
		Promise<IoRegistration> registered = newPromise();
		if (inEventLoop()) {
			register(handle, registered);
		}
		else {
			execute(() -> register(handle, registered));
		}
		return registered;
	}

	private void register(IoHandle handle, Promise<IoRegistration> registered) {
		try {
			registered.setSuccess(this.handler.register(handle));
		}
		catch (Exception ex) {
			registered.setFailure(ex);
		}
	}

	@Override
	public ChannelFuture register(Channel channel) {
		return register(new DefaultChannelPromise(channel, this));
	}

	@Override
	public ChannelFuture register(ChannelPromise promise) {
		return register(promise.channel(), promise);
	}

	@Override
	@Deprecated
	public ChannelFuture register(Channel channel, ChannelPromise promise) {
		promise.addListener((registered) -> {
			if (registered.isSuccess() && this.channels.add(channel)) {
				channel.closeFuture().addListener((closed) -> this.channels.remove(channel));
			}
		});
		channel.unsafe().register(this, promise);
		return promise;
	}

	@Override
	public boolean isCompatible(Class<? extends IoHandle> type) {
		return this.handler.isCompatible(type);
	}

	@Override
	public boolean isIoType(Class<? extends IoHandler> type) {
		return this.handler.getClass() == type;
	}

	@Override
	public IoEventLoop next() {
		return this;
	}

	@Override
	public @Nullable IoEventLoopGroup parent() {
		return null;
	}

	@Override
	public boolean isShuttingDown() {
		return this.ending;
	}

	@Override
	public boolean isShutdown() {
		return this.ended;
	}

	@Override
	public boolean isTerminated() {
		return this.terminated.isDone();
	}

	@Override
	public Future<?> terminationFuture() {
		return this.terminated;
	}

	@Override
	public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
		return this.terminated.await(timeout, unit);
	}

	@Override
	public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
		throw notByNetty();
	}

	@Override
	@Deprecated
	public void shutdown() {
		throw notByNetty();
	}

	private static UnsupportedOperationException notByNetty() {
		return new UnsupportedOperationException("This loop ends with its NettyEventLoop; close that");
	}

	/**
	 * How long the handler may wait.
	 */
	private final class Waiting implements IoHandlerContext {

		private long limitNanos;

		/**
		 * @param timeoutNanos 0 not to wait, negative to wait without limit
		 */
		private void limit(long timeoutNanos) {
			this.limitNanos = (timeoutNanos < 0) ? Long.MAX_VALUE : timeoutNanos;
		}

		/**
		 * The handler writes to its eventfd only if it waits; if it is about to, it finds
		 * here that it may not.
		 */
		@Override
		public boolean canBlock() {
			return this.limitNanos > 0 && !OwnLoop.this.woken && OwnLoop.this.tasks.isEmpty()
					&& !Thread.currentThread().isInterrupted() && !hasScheduledTasks();
		}

		@Override
		public long delayNanos(long currentTimeNanos) {
			return Math.min(this.limitNanos, OwnLoop.this.delayNanos(currentTimeNanos, this.limitNanos));
		}

		@Override
		public long deadlineNanos() {
			long next = nextScheduledTaskDeadlineNanos();
			if (this.limitNanos == Long.MAX_VALUE) {
				return next;
			}
			long now = getCurrentTimeNanos();
			return (next == -1 || next - now > this.limitNanos) ? now + this.limitNanos : next;
		}

	}

}
