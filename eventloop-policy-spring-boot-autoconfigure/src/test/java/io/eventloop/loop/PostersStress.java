package io.eventloop.loop;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/**
 * Two threads post, {@code a} before {@code b} and {@code x} before {@code y}. Each
 * callback comes out once, each thread's in its order, and one of the four is told to be
 * the first, so that it wakes the loop.
 */
@JCStressTest
@State
@Outcome(id = "(?=.*a.*b)(?=.*x.*y).{4}, 1", expect = Expect.ACCEPTABLE, desc = "each once, in its thread's order")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, twice, out of order or not told to be the first")
public class PostersStress {

	private final StressedQueue queue = new StressedQueue();

	private int firstOfOne;

	private int firstOfOther;

	@Actor
	public void one() {
		this.firstOfOne = this.queue.post('a') + this.queue.post('b');
	}

	@Actor
	public void other() {
		this.firstOfOther = this.queue.post('x') + this.queue.post('y');
	}

	@Arbiter
	public void end(LI_Result result) {
		result.r1 = this.queue.takeAll();
		result.r2 = this.firstOfOne + this.firstOfOther;
	}

}
