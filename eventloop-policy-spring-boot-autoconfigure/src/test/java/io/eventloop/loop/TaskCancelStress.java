package io.eventloop.loop;

import java.util.concurrent.CompletableFuture;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/**
 * A thread cancels a task while the loop starts it: what it has begun is cancelled with
 * it, whichever comes first.
 */
@JCStressTest
@State
@Outcome(id = "true, true, true", expect = Expect.ACCEPTABLE, desc = "begun, and cancelled")
@Outcome(id = "true, false, false", expect = Expect.ACCEPTABLE, desc = "cancelled before it began")
@Outcome(expect = Expect.FORBIDDEN, desc = "the work goes on though it was cancelled")
public class TaskCancelStress {

	/**
	 * Closed, so that the end of what was begun is told at once.
	 */
	private static final BaseEventLoop LOOP = new ProactorEventLoop();

	static {
		LOOP.close();
	}

	private final CompletableFuture<Void> work = new CompletableFuture<>();

	private boolean begun;

	private final Task<Void> task = new Task<>(LOOP, () -> {
		this.begun = true;
		return this.work;
	});

	@Actor
	public void canceller() {
		this.task.cancel(false);
	}

	@Actor
	public void loop() {
		this.task.run();
	}

	@Arbiter
	public void end(ZZZ_Result result) {
		result.r1 = this.task.isCancelled();
		result.r2 = this.begun;
		result.r3 = this.work.isCancelled();
	}

}
