package io.eventloop.loop;

import io.eventloop.EventLoop;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A thread posts while the loop falls asleep: the loop either sees the callback before it
 * sleeps, or is woken. The selector is one that sleeps until it is woken, or until nobody
 * is left to do so.
 */
@JCStressTest
@State
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "the callback ran")
@Outcome(expect = Expect.FORBIDDEN, desc = "the wake-up was lost")
public class WakeUpStress implements EventSource {

	private static final EventLoop LOOP = new ProactorEventLoop();

	private final CallbackRunner runner = new CallbackRunner(LOOP, this);

	private volatile boolean woken;

	private volatile boolean posted;

	private boolean overslept;

	private boolean ran;

	@Actor
	public void poster() {
		this.runner.post(new CallbackHandle(() -> {
			this.ran = true;
			this.runner.stop();
		}));
		this.posted = true;
	}

	@Actor
	public void loop() {
		this.runner.run();
	}

	@Arbiter
	public void end(ZZ_Result result) {
		result.r1 = this.ran;
		result.r2 = this.overslept;
	}

	@Override
	public void select(long timeoutNanos) {
		if (timeoutNanos == 0) {
			return;
		}
		while (!this.woken) {
			if (this.posted) {
				this.overslept = !this.woken;
				return;
			}
			Thread.onSpinWait();
		}
	}

	@Override
	public void wakeup() {
		this.woken = true;
	}

}
