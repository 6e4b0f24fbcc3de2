package io.eventloop.loop;

import java.util.concurrent.atomic.AtomicBoolean;

import io.eventloop.EventLoop;
import io.eventloop.RunningLoop;

/**
 * The run of a loop on the thread of a {@link LoopHost}, for as long as that is the
 * loop's host.
 * <p>
 * A turn makes passes for up to 50 µs, and asks for another one where more is ready. At
 * the end of a turn the loop sleeps: who gives it something to do asks for the next turn.
 */
final class HostedRunner extends CallbackRunner {

	private static final long TURN_NANOS = 50_000;

	private final EventLoop loop;

	private final LoopHost host;

	private final AtomicBoolean over = new AtomicBoolean();

	private boolean alarmSet;

	private long alarmAt;

	HostedRunner(EventLoop loop, EventSource events, LoopHost host) {
		super(loop, events);
		this.loop = loop;
		this.host = host;
	}

	/**
	 * Move in with the host.
	 */
	void begin() {
		this.host.attach(this::turn);
		sleep();
		if (this.host.isHostThread()) {
			moveIn();
		}
		wakeIfAsleep();
	}

	/**
	 * Move out. On the host's thread, or after its end.
	 */
	void end() {
		this.over.set(true);
		this.thread.set(null);
		if (RunningLoop.get() == this.loop) {
			RunningLoop.set(null);
		}
	}

	private void turn() {
		if (this.over.get()) {
			return;
		}
		moveIn();
		EventLoop other = replaceRunning(this.loop);
		awake();
		try {
			passes();
		}
		finally {
			sleep();
			if (hasReady()) {
				wakeIfAsleep();
			}
			else {
				setAlarm();
			}
			if (other != this.loop && !this.over.get()) {
				replaceRunning(other);
			}
		}
	}

	/**
	 * Be the loop that runs in this thread from now on, also between turns. Of several
	 * guests the last to come is.
	 */
	private void moveIn() {
		if (this.thread.get() == null) {
			this.thread.set(Thread.currentThread());
			replaceRunning(this.loop);
		}
	}

	private static EventLoop replaceRunning(EventLoop loop) {
		EventLoop before = RunningLoop.get();
		if (before == loop) {
			return loop;
		}
		if (before != null) {
			RunningLoop.set(null);
		}
		RunningLoop.set(loop);
		return (before != null) ? before : loop;
	}

	private void passes() {
		long begin = this.clock.start();
		do {
			pass();
		}
		while (!this.over.get() && hasReady() && this.clock.read() - begin < TURN_NANOS);
	}

	/**
	 * Have the host wake the loop for its next timer.
	 */
	private void setAlarm() {
		long now = this.loop.time();
		if (this.alarmSet && this.alarmAt - now <= 0) {
			this.alarmSet = false;
		}
		long left = untilNextTimer(now);
		if (left >= 0 && (!this.alarmSet || now + left - this.alarmAt < 0)) {
			this.alarmSet = true;
			this.alarmAt = now + left;
			this.host.requestTurnAfter(left);
		}
	}

	@Override
	void idle() {
		pollEvents();
	}

	@Override
	void wakeEvents() {
		this.host.requestTurn();
	}

	@Override
	void post(CallbackHandle handle) {
		if (this.host.isHostThread()) {
			add(handle);
		}
		else {
			super.post(handle);
		}
	}

	@Override
	void add(CallbackHandle handle) {
		super.add(handle);
		wakeIfAsleep();
	}

	@Override
	void add(TimedHandle timer) {
		super.add(timer);
		if (isAsleep()) {
			setAlarm();
		}
	}

	@Override
	void run() {
		throw new IllegalStateException(
				"%s runs on a thread of its host's for as long as that runs; schedule with callSoonThreadsafe"
					.formatted(this.loop));
	}

	@Override
	void stop() {
		throw new IllegalStateException(
				"%s shares its thread with its host, which goes on; complete a future instead of stopping the loop"
					.formatted(this.loop));
	}

	@Override
	String whyNotClosed() {
		return "Cannot close %s, which runs for as long as its host; close the host, or the policy that shares it"
			.formatted(this.loop);
	}

	@Override
	boolean isRunning() {
		return !this.over.get();
	}

	@Override
	boolean isForeignThread() {
		return !this.over.get() && !this.host.isHostThread();
	}

	/**
	 * What the host has to do is not known, and what blocks would block that, too.
	 */
	@Override
	boolean isFreeFor(long nanos) {
		return false;
	}

}
