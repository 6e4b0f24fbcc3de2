package io.eventloop.loop;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.eventloop.EventLoop;
import io.eventloop.LoopStatistics;
import io.eventloop.RunningLoop;
import io.eventloop.memory.MemoryReserve;
import org.jspecify.annotations.Nullable;

/**
 * The run of a loop, which goes round between what is ready, what is due and what the
 * loop waits on.
 * <p>
 * A pass: poll for what has become ready, move due timers behind it, run what is in the
 * queue at that moment. What a callback schedules waits for the next pass. While
 * callbacks keep coming, the loop polls for events every 50 µs rather than in every pass,
 * so that a chain of callbacks costs no system call each. For a timer it sleeps at least
 * 100 µs, so that many timers cost no wake-up each.
 */
class CallbackRunner {

	private static final long MIN_SLEEP_NANOS = 100_000;

	private static final long MAX_SELECT_NANOS = Duration.ofDays(1).toNanos();

	private final EventLoop loop;

	private final EventSource events;

	private final LongSupplier time;

	private final PostedQueue posted = new PostedQueue();

	private final PostedQueue.Taker taker = this.posted.taker();

	private final ReadyQueue ready = new ReadyQueue(this.taker);

	private final Consumer<CallbackHandle> readyCallbacks = this.ready::add;

	private final TimerQueue timers = new TimerQueue();

	private final AtomicLong callbacks = new AtomicLong();

	private final AtomicInteger pending = new AtomicInteger();

	private final AtomicInteger scheduled = new AtomicInteger();

	private final PollSchedule polls = new PollSchedule();

	private final SlowCallbacks slow = new SlowCallbacks();

	final LoopClock clock;

	private final LoopInterrupts interrupts;

	final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

	private final AtomicBoolean sleeping = new AtomicBoolean();

	private boolean stopping;

	CallbackRunner(EventLoop loop, EventSource events) {
		this(loop, events, System::nanoTime);
	}

	/**
	 * Create the run of a loop.
	 * @param time its time, in nanoseconds
	 */
	CallbackRunner(EventLoop loop, EventSource events, LongSupplier time) {
		this.time = time;
		this.loop = loop;
		this.events = events;
		this.clock = new LoopClock(loop, time, this.slow);
		this.interrupts = new LoopInterrupts(events);
	}

	/**
	 * Run until {@link #stop()}, in this thread.
	 */
	void run() {
		if (!this.thread.compareAndSet(null, Thread.currentThread())) {
			throw new IllegalStateException("%s is running already; schedule with callSoon".formatted(this.loop));
		}
		try {
			RunningLoop.set(this.loop);
			try {
				passUntilStopped();
			}
			finally {
				RunningLoop.set(null);
			}
		}
		finally {
			this.thread.set(null);
		}
	}

	private void passUntilStopped() {
		this.polls.begin(this.clock.start());
		try {
			do {
				pass();
			}
			while (!this.stopping);
			this.clock.read();
		}
		finally {
			this.stopping = false;
		}
	}

	/**
	 * Let the run end after the pass in progress, or after its first one.
	 */
	void stop() {
		this.stopping = true;
	}

	boolean isRunning() {
		return this.thread.get() != null;
	}

	/**
	 * Return why the loop cannot be closed while it runs.
	 */
	String whyNotClosed() {
		return "Cannot close %s while it runs; stop it first".formatted(this.loop);
	}

	/**
	 * Return the thread that runs the loop, or {@code null} if none does. From any
	 * thread.
	 */
	@Nullable Thread thread() {
		return this.thread.get();
	}

	/**
	 * Return when the clock was read last: no later than before the callback that runs.
	 * From any thread.
	 */
	long lastLookAtClock() {
		return this.clock.now();
	}

	/**
	 * Return the timers that are not due yet. From any thread.
	 * @return a list of the caller's, in no order
	 * @see TimerQueue#glance()
	 */
	List<TimedHandle> timers() {
		return this.timers.glance();
	}

	/**
	 * Return whether the loop runs in another thread than this.
	 * @return {@code false} while it does not run
	 */
	boolean isForeignThread() {
		Thread running = this.thread.get();
		return running != null && running != Thread.currentThread();
	}

	/**
	 * Return whether the loop would sleep for so long if the callback in progress were
	 * the last, as far as is known without polling for events. On the loop's thread.
	 */
	boolean isFreeFor(long nanos) {
		TimedHandle next = this.timers.peek();
		return this.ready.size() == 0 && this.taker.isEmpty()
				&& (next == null || next.when() - this.time.getAsLong() > nanos);
	}

	/**
	 * Queue a callback. On the loop's thread.
	 * @param handle the callback
	 */
	void add(CallbackHandle handle) {
		this.ready.add(handle);
	}

	/**
	 * Queue a callback and wake the loop. From any thread.
	 * @param handle the callback
	 */
	void post(CallbackHandle handle) {
		if (Thread.currentThread() == this.thread.get()) {
			this.ready.add(handle);
		}
		else {
			this.posted.post(handle);
			wakeIfAsleep();
		}
	}

	/**
	 * Wake the loop if it sleeps: the first to come, for all. From any thread.
	 */
	final void wakeIfAsleep() {
		if (this.sleeping.get() && this.sleeping.compareAndSet(true, false)) {
			wakeup();
		}
	}

	/**
	 * Wake the loop, or have the next one do it where that fails, as at the end of the
	 * stack.
	 */
	private void wakeup() {
		boolean woken = false;
		try {
			wakeEvents();
			woken = true;
		}
		finally {
			if (!woken) {
				this.sleeping.set(true);
			}
		}
	}

	void wakeEvents() {
		this.events.wakeup();
	}

	final boolean isAsleep() {
		return this.sleeping.get();
	}

	/**
	 * From here on, who gives the loop something to do wakes it.
	 */
	final void sleep() {
		this.sleeping.set(true);
	}

	final void awake() {
		this.sleeping.set(false);
	}

	/**
	 * Return whether there is something to run, as far as is known without polling for
	 * events.
	 */
	final boolean hasReady() {
		return this.ready.size() > 0 || !this.taker.isEmpty();
	}

	/**
	 * Queue a timer. On the loop's thread.
	 * @param timer the timer
	 */
	void add(TimedHandle timer) {
		this.timers.add(timer);
	}

	void clear() {
		this.ready.clear();
		this.timers.clear();
		this.pending.set(0);
		this.scheduled.set(0);
	}

	LoopStatistics statistics() {
		return new LoopStatistics(this.callbacks.get(), this.pending.get(), this.scheduled.get(), this.slow.count());
	}

	SlowCallbacks slow() {
		return this.slow;
	}

	LoopInterrupts interrupts() {
		return this.interrupts;
	}

	/**
	 * Go round once.
	 */
	final void pass() {
		try {
			collect();
		}
		catch (OutOfMemoryError ex) {
			// Nothing was taken from its place without room for it: the next pass finds
			// it
			MemoryReserve.await();
		}
		Runnable interrupt = this.interrupts.take();
		if (interrupt != null) {
			new CallbackHandle(interrupt).run(this.loop);
			this.clock.ran(1);
		}
		int batch = this.ready.size();
		runBatch(batch, this.loop.isDebug());
		this.clock.ran(batch);
		if (this.clock.isStale() || this.timers.size() > 0) {
			this.clock.read();
		}
	}

	/**
	 * Queue what is ready, posted or due.
	 */
	private void collect() {
		if (this.ready.size() == 0 && !this.stopping) {
			idle();
		}
		else if (this.stopping || this.polls.isDue(this.clock.now())) {
			this.events.select(0, this.readyCallbacks);
			this.polls.done(this.clock.now());
		}
		this.ready.takePosted();
		long now = this.clock.now();
		this.ready.makeRoom();
		for (TimedHandle due = this.timers.poll(now); due != null; due = this.timers.poll(now)) {
			this.ready.add(due);
			this.ready.makeRoom();
		}
	}

	private void runBatch(int batch, boolean debug) {
		this.pending.lazySet(batch);
		this.scheduled.lazySet(this.timers.size());
		for (int i = 0; i < batch; i++) {
			CallbackHandle handle = this.ready.poll();
			if (handle == null) {
				continue;
			}
			if (debug) {
				this.slow.time(handle, this.loop);
			}
			else {
				handle.run(this.loop);
			}
		}
		this.callbacks.lazySet(this.callbacks.getPlain() + batch);
		this.pending.lazySet(this.ready.size());
	}

	/**
	 * Poll for events, and wait for them where other threads have posted nothing either.
	 */
	void idle() {
		long now = this.clock.read();
		boolean posted = !this.taker.isEmpty();
		if (posted) {
			this.events.select(0, this.readyCallbacks);
		}
		else {
			sleep(untilNextTimer(now));
		}
		this.polls.done(this.clock.start());
		if (posted && this.ready.size() == 0 && PostBatching.gather(this.taker)) {
			this.clock.start();
		}
	}

	/**
	 * Queue what has become ready, without waiting for it.
	 */
	final void pollEvents() {
		this.events.select(0, this.readyCallbacks);
		this.polls.done(this.clock.start());
	}

	private void sleep(long timeoutNanos) {
		this.sleeping.set(true);
		try {
			this.interrupts.select(this.taker.isEmpty() ? timeoutNanos : 0, this.readyCallbacks);
		}
		finally {
			this.sleeping.set(false);
		}
	}

	/**
	 * Return how long the loop may sleep, in nanoseconds, or -1 where there is no timer.
	 */
	final long untilNextTimer(long now) {
		TimedHandle next = this.timers.peek();
		if (next == null) {
			return -1;
		}
		long left = next.when() - now;
		return (left > 0) ? Math.max(MIN_SLEEP_NANOS, Math.min(left, MAX_SELECT_NANOS)) : 0;
	}

}
