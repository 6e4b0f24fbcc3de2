package io.eventloop.watcher.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoops;
import io.eventloop.watcher.FastChildWatcher;
import io.eventloop.watcher.LoopThread;
import io.eventloop.watcher.soak.SoakSums.Count;
import io.eventloop.watcher.soak.SoakedHandlers.HandlerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that can happen to children, in turn, on several loops in several threads
 * with one watcher, until there were enough of them or the time is up.
 */
final class Soak {

	private static final Logger logger = LoggerFactory.getLogger(Soak.class);

	private static final int LANES = 3;

	private static final Duration PROGRESS = Duration.ofSeconds(5);

	private static final List<Step> STEPS = List.of(SoakedExits::together, SoakedExits::byThemselves,
			SoakedExits::early, SoakedExits::signalled, SoakedExits::killedTogether, SoakedExits::stoppedBefore,
			SoakedHandlers::replaced, SoakedHandlers::removed, SoakedHandlers::throwing,
			SoakedLoops::closedBeforeTheExit, SoakedLoops::closedWithSubprocesses, SoakedPipes::echoing,
			SoakedPipes::failing);

	private final ChildWatcher watcher;

	private final long children;

	private final long deadline;

	private final SoakSums sums = new SoakSums();

	private final AtomicLong nextProgress = new AtomicLong(System.nanoTime() + PROGRESS.toNanos());

	private final Queue<String> errors = new ConcurrentLinkedQueue<>();

	private volatile boolean over;

	/**
	 * Prepare one.
	 * @param watcher the watcher, which is closed at the end
	 * @param children how many to start
	 * @param limit how long to go on at most
	 */
	Soak(ChildWatcher watcher, long children, Duration limit) {
		this.watcher = watcher;
		this.children = children;
		this.deadline = System.nanoTime() + limit.toNanos();
	}

	SoakSums run() throws Exception {
		SoakTraces before = SoakTraces.now();
		List<LoopThread> loops = new ArrayList<>();
		ExecutorService threads = Executors.newCachedThreadPool((work) -> new Thread(work, "soak-lane"));
		EventLoops.setChildWatcher(this.watcher);
		try {
			for (int i = 0; i < LANES; i++) {
				loops.add(newLoop(i));
			}
			this.watcher.attachLoop(loops.get(0).loop());
			CompletionService<Void> running = new ExecutorCompletionService<>(threads);
			List<Callable<Void>> all = activities(loops);
			all.forEach(running::submit);
			for (int i = 0; i < all.size(); i++) {
				running.take().get();
			}
		}
		finally {
			this.over = true;
			threads.shutdown();
			EventLoops.setChildWatcher(null);
			this.watcher.attachLoop(null);
			loops.forEach(LoopThread::close);
		}
		if (!this.errors.isEmpty()) {
			throw new AssertionError("Errors on the loops: " + this.errors);
		}
		before.countMore(this.sums);
		return this.sums;
	}

	private List<Callable<Void>> activities(List<LoopThread> loops) {
		List<Callable<Void>> activities = new ArrayList<>();
		for (int i = 0; i < LANES; i++) {
			SoakLane lane = new SoakLane(this.watcher, loops.get(i), this.sums, i * 256 / LANES);
			int first = i * STEPS.size() / LANES;
			activities.add(() -> goOn(lane, first));
		}
		if (!(this.watcher instanceof FastChildWatcher)) {
			activities.add(() -> goOnBeside(new SoakNeighbour(this.sums)));
		}
		return activities;
	}

	private LoopThread newLoop(int number) {
		LoopThread loop = new LoopThread("soak-loop-" + number);
		loop.run(() -> loop.loop().setExceptionHandler((failing, context) -> {
			if (context.exception() instanceof HandlerException) {
				this.sums.add(Count.HANDLER_ERRORS);
			}
			else {
				logger.error("An error on a loop of the soak: {}", context);
				this.errors.add(context.message());
			}
		}));
		return loop;
	}

	private Void goOn(SoakLane lane, int first) throws Exception {
		for (int next = first; goesOn(); next++) {
			STEPS.get(next % STEPS.size()).run(lane);
			tellProgress();
		}
		return null;
	}

	private Void goOnBeside(SoakNeighbour neighbour) throws Exception {
		while (goesOn()) {
			neighbour.startPair();
		}
		return null;
	}

	private boolean goesOn() {
		return !this.over && this.sums.of(Count.CHILDREN) < this.children && System.nanoTime() - this.deadline < 0;
	}

	private void tellProgress() {
		long now = System.nanoTime();
		long due = this.nextProgress.get();
		if (now - due >= 0 && this.nextProgress.compareAndSet(due, now + PROGRESS.toNanos())) {
			logger.info("Soak of {}, going on: {}", this.watcher.name(), this.sums);
		}
	}

	/**
	 * A thing to do with children.
	 */
	private interface Step {

		void run(SoakLane lane) throws Exception;

	}

}
