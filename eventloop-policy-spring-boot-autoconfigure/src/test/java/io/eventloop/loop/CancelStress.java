package io.eventloop.loop;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIZ_Result;

/**
 * A thread cancels one callback before it posts it, and another one behind it, while the
 * loop runs both: the first never runs, the second once or not at all, and neither fails
 * half-way.
 */
@JCStressTest
@State
@Outcome(id = { "0, 0, true", "0, 1, true" }, expect = Expect.ACCEPTABLE, desc = "cancelled in time or not")
@Outcome(expect = Expect.FORBIDDEN, desc = "a cancelled callback ran, or one ran twice")
public class CancelStress {

	private final PostedQueue posted = new PostedQueue();

	private final ReadyQueue queue = new ReadyQueue(this.posted.taker());

	private final CallbackHandle late = new CallbackHandle(() -> this.lateRuns++);

	private int earlyRuns;

	private int lateRuns;

	@Actor
	public void canceller() {
		CallbackHandle early = new CallbackHandle(() -> this.earlyRuns++);
		early.cancel();
		this.posted.post(early);
		this.posted.post(this.late);
		this.late.cancel();
	}

	@Actor
	public void loop() {
		run();
	}

	@Arbiter
	public void end(IIZ_Result result) {
		run();
		result.r1 = this.earlyRuns;
		result.r2 = this.lateRuns;
		result.r3 = this.late.isCancelled();
	}

	private void run() {
		this.queue.takePosted();
		for (int left = this.queue.size(); left > 0; left--) {
			this.queue.poll().run(null);
		}
	}

}
