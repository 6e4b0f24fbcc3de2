package io.eventloop.loop;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Two threads post, {@code a} before {@code b} and {@code x} before {@code y}; one of
 * them is the loop's, and takes what is there. Each callback comes out once, each
 * thread's in its order.
 */
@JCStressTest
@State
@Outcome(id = "(?=.*a.*b)(?=.*x.*y).{4}", expect = Expect.ACCEPTABLE, desc = "each once, in its thread's order")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, twice or out of order")
public class PostersStress {

	private final StressedQueue queue = new StressedQueue();

	@Actor
	public void one() {
		this.queue.post('a');
		this.queue.post('b');
	}

	@Actor
	public void loop() {
		this.queue.post('x');
		this.queue.takeOne();
		this.queue.post('y');
		this.queue.takeOne();
	}

	@Arbiter
	public void end(L_Result result) {
		result.r1 = this.queue.takeAll();
	}

}
