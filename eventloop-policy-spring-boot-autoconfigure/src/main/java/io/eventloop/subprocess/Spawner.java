package io.eventloop.subprocess;

import io.eventloop.SubprocessSpec;

/**
 * Where a launcher starts its children. Starting one blocks until the child has executed
 * its program, so by default {@link SpawnThreads} do that.
 * <p>
 * A loop that has nothing else to do would only wait for them: where the program took
 * less than a millisecond the last time, and neither it nor what it is started with can
 * make the loop wait for something else, the loop starts the child itself, which saves
 * two hand-overs.
 */
final class Spawner {

	private final ChildBackend backend;

	private final SpawnThreads threads;

	private final QuickPrograms quickPrograms;

	Spawner(ChildBackend backend) {
		this.backend = backend;
		this.threads = new SpawnThreads(backend.reactor().loop());
		this.quickPrograms = new QuickPrograms(backend::isLocal);
	}

	/**
	 * Run what starts a child, here or off the loop. On the loop.
	 * @throws java.util.concurrent.RejectedExecutionException if this is closed
	 */
	void start(SubprocessSpec spec, Runnable work) {
		if (this.threads.isIdle() && this.quickPrograms.contains(spec)
				&& this.backend.mayStartOnLoop(spec, QuickPrograms.QUICK_NANOS)) {
			work.run();
		}
		else {
			execute(work);
		}
	}

	/**
	 * Note how long it took to start a child. From any thread.
	 */
	void started(SubprocessSpec spec, long nanos) {
		this.quickPrograms.started(spec, nanos);
	}

	/**
	 * Note that a child could not be started, perhaps after a long time. From any thread.
	 */
	void failed(SubprocessSpec spec) {
		this.quickPrograms.remove(spec);
	}

	/**
	 * Note that the launch in this thread waits for something that may never come.
	 */
	void stall() {
		this.threads.stall();
	}

	/**
	 * Run it off the loop, where a thread can be had.
	 * @throws java.util.concurrent.RejectedExecutionException if this is closed
	 */
	void execute(Runnable work) {
		this.threads.execute(work);
	}

	/**
	 * Take no more work, and wait for a moment for what was given before.
	 */
	void close() {
		this.threads.close();
	}

}
