package io.eventloop.subprocess;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;
import io.eventloop.pipe.LoopCalls;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that start a loop's children, a few, because each waits until its child has
 * executed its program. They come with the first children and go when there is nothing to
 * start for a while.
 * <p>
 * <b>What stalls holds up nothing else.</b> A launch that takes longer than 100 ms, on a
 * file system that does not answer, or that {@linkplain #stall() says itself} that it
 * waits, for the other end of a named pipe, stops counting: another thread takes its
 * place. There are at most {@value #MAX_STALLED} such threads more; beyond them launches
 * wait. While launches wait for a thread, the loop checks for stalled ones every 25 ms.
 */
final class SpawnThreads {

	private static final Logger logger = LoggerFactory.getLogger(SpawnThreads.class);

	private static final Duration IDLE = Duration.ofSeconds(10);

	private static final Duration PATIENCE = Duration.ofMillis(700);

	private static final Duration CHECK_INTERVAL = Duration.ofMillis(25);

	private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	static final int MAX_STALLED = 64;

	/**
	 * While one waits for its child to execute its program, another can start the next.
	 */
	static final int COUNT = Math.min(Runtime.getRuntime().availableProcessors(), 4);

	private static final AtomicInteger THREADS = new AtomicInteger();

	private final EventLoop loop;

	private final ThreadPoolExecutor pool;

	private final List<SpawnThread> threads = new CopyOnWriteArrayList<>();

	private final AtomicInteger underWay = new AtomicInteger();

	private int stalled;

	private final RepeatableCallback checking = this::check;

	private final RepeatableCallback scheduling = this::checkLater;

	private boolean scheduled;

	SpawnThreads(EventLoop loop) {
		this.loop = loop;
		this.pool = new ThreadPoolExecutor(COUNT, COUNT, IDLE.toMillis(), TimeUnit.MILLISECONDS,
				new LinkedBlockingQueue<>(), this::newThread);
		this.pool.allowCoreThreadTimeOut(true);
	}

	/**
	 * Return whether nothing is being started here, but for what has stalled.
	 */
	boolean isIdle() {
		return this.underWay.get() == 0;
	}

	/**
	 * Run it in one of the threads. Where no thread can be had, it is run here: the loop
	 * stands still for a moment, but what was begun can be ended.
	 * @throws java.util.concurrent.RejectedExecutionException if this is closed
	 */
	void execute(Runnable task) {
		Work work = new Work(task);
		this.underWay.incrementAndGet();
		try {
			this.pool.execute(work);
		}
		catch (OutOfMemoryError ex) {
			executeWithoutMemory(work, ex);
			return;
		}
		catch (RuntimeException | Error ex) {
			this.underWay.decrementAndGet();
			throw ex;
		}
		if (!this.pool.getQueue().isEmpty()) {
			checkSoon();
		}
	}

	/**
	 * Leave the work to a thread that there is, or else run it here. The pool may have
	 * taken it before it found no memory; it is run once all the same.
	 */
	private void executeWithoutMemory(Work work, OutOfMemoryError error) {
		MemoryReserve.release();
		try {
			if (this.pool.getPoolSize() > 0 && this.pool.getQueue().offer(work)) {
				checkSoon();
				return;
			}
		}
		catch (OutOfMemoryError ex) {
			MemoryReserve.release();
		}
		logger.warn("There is no thread to start children in ({}); an event loop does it itself", error.getMessage());
		this.pool.remove(work);
		work.run();
	}

	/**
	 * Declare that this thread, if it is one of these, waits for something that may never
	 * come.
	 */
	void stall() {
		if (Thread.currentThread() instanceof SpawnThread thread && thread.owner() == this) {
			Work work = thread.work;
			if (work != null) {
				stall(work);
			}
		}
	}

	/**
	 * Take no more work, and wait for a moment for what was given before. What does not
	 * end goes on by itself.
	 */
	void close() {
		this.pool.shutdown();
		try {
			if (this.pool.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		logger.warn("A child is still being started {} ms after its event loop was closed; "
				+ "it will be killed once it runs. Is its program, its directory or one of its files on a file system "
				+ "that does not answer?", PATIENCE.toMillis());
		List<Runnable> waiting = new ArrayList<>();
		this.pool.getQueue().drainTo(waiting);
		if (!waiting.isEmpty()) {
			newThread(() -> waiting.forEach(Runnable::run)).start();
		}
	}

	private void checkSoon() {
		try {
			LoopCalls.run(this.loop, this.scheduling);
		}
		catch (OutOfMemoryError ex) {
			// The launch is in the queue; the next one has the loop check
			MemoryReserve.release();
		}
		catch (IllegalStateException ex) {
			logger.debug("The loop is closed, and waits for its launches", ex);
		}
	}

	private void checkLater() {
		if (!this.scheduled) {
			this.loop.callLater(CHECK_INTERVAL, this.checking);
			this.scheduled = true;
		}
	}

	/**
	 * Find out which launches have stalled, while others wait. On the loop.
	 */
	private void check() {
		this.scheduled = false;
		long now = System.nanoTime();
		for (SpawnThread thread : this.threads) {
			Work work = thread.work;
			if (work != null && now - work.begun > STALL_NANOS) {
				stall(work);
			}
		}
		if (!this.pool.getQueue().isEmpty() && !this.pool.isShutdown()) {
			guard(this.pool::prestartCoreThread);
			checkLater();
		}
	}

	private void stall(Work work) {
		synchronized (this) {
			if (this.stalled == MAX_STALLED || !work.stall()) {
				return;
			}
			this.stalled++;
			this.underWay.decrementAndGet();
		}
		guard(this::resize);
	}

	private void ended(Work work) {
		if (!work.end()) {
			this.underWay.decrementAndGet();
			return;
		}
		synchronized (this) {
			this.stalled--;
		}
		resize();
	}

	private synchronized void resize() {
		int size = COUNT + this.stalled;
		if (size > this.pool.getMaximumPoolSize()) {
			this.pool.setMaximumPoolSize(size);
			this.pool.setCorePoolSize(size);
		}
		else {
			this.pool.setCorePoolSize(size);
			this.pool.setMaximumPoolSize(size);
		}
	}

	/**
	 * A thread that cannot be had now is asked for again at the next check.
	 */
	private static void guard(Runnable widening) {
		try {
			widening.run();
		}
		catch (OutOfMemoryError ex) {
			logger.warn("There is no thread to take the place of one that stalls starting a child ({})",
					ex.getMessage());
		}
	}

	private Thread newThread(Runnable work) {
		return new SpawnThread(work);
	}

	/**
	 * A task, and whether it counts.
	 *
	 * <pre>
	 * counts ──stall──▶ stalled
	 *    '──end──▶ over ◀──end──'
	 * </pre>
	 */
	private final class Work implements Runnable {

		private final Runnable task;

		private long begun;

		private boolean stalled;

		private boolean over;

		private final AtomicBoolean taken = new AtomicBoolean();

		private Work(Runnable task) {
			this.task = task;
		}

		@Override
		public void run() {
			if (!this.taken.compareAndSet(false, true)) {
				return;
			}
			SpawnThread thread = (Thread.currentThread() instanceof SpawnThread own) ? own : null;
			if (thread != null) {
				this.begun = System.nanoTime();
				thread.work = this;
			}
			try {
				this.task.run();
			}
			finally {
				if (thread != null) {
					thread.work = null;
				}
				ended(this);
			}
		}

		private synchronized boolean stall() {
			boolean counts = !this.stalled && !this.over;
			this.stalled |= counts;
			return counts;
		}

		/**
		 * Return whether it had stalled.
		 */
		private synchronized boolean end() {
			this.over = true;
			return this.stalled;
		}

	}

	/**
	 * One of the threads, and what it does.
	 */
	private final class SpawnThread extends Thread {

		private volatile @Nullable Work work;

		private SpawnThread(Runnable target) {
			super(target, "eventloop-spawn-" + THREADS.incrementAndGet());
			setDaemon(true);
		}

		@Override
		public void run() {
			unlessOutOfMemory(SpawnThreads.this.threads::add);
			try {
				super.run();
			}
			finally {
				unlessOutOfMemory(SpawnThreads.this.threads::remove);
			}
		}

		/**
		 * Enter or leave the list of those that are checked for stalls. A thread that
		 * died of it would take the launch along that it was made for.
		 */
		private void unlessOutOfMemory(Consumer<SpawnThread> change) {
			try {
				change.accept(this);
			}
			catch (OutOfMemoryError ex) {
				MemoryReserve.release();
			}
		}

		private SpawnThreads owner() {
			return SpawnThreads.this;
		}

	}

}
