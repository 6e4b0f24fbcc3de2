package io.eventloop.loop;

import java.util.function.Consumer;

import io.eventloop.EventLoop;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/**
 * A thread posts twice while the loop falls asleep: the loop either sees the callbacks
 * before it sleeps, or is woken, and once for each sleep. The selector is one that sleeps
 * until it is woken, or until no thread is left to do so.
 */
@JCStressTest
@State
@Outcome(id = "true, false, false", expect = Expect.ACCEPTABLE, desc = "the callbacks ran")
@Outcome(expect = Expect.FORBIDDEN, desc = "the wake-up was lost, or there was more than one")
public class WakeUpStress implements EventSource {

	private static final EventLoop LOOP = new ProactorEventLoop();

	private final CallbackRunner runner = new CallbackRunner(LOOP, this);

	private volatile boolean woken;

	private volatile boolean posted;

	private boolean overslept;

	private int checks;

	private int wakeUps;

	private boolean ran;

	@Actor
	public void poster() {
		this.runner.post(new CallbackHandle(() -> {
		}));
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
	public void end(ZZZ_Result result) {
		result.r1 = this.ran;
		result.r2 = this.overslept;
		result.r3 = this.wakeUps > this.checks;
	}

	@Override
	public void select(long timeoutNanos, Consumer<CallbackHandle> ready) {
		this.checks++;
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
		this.woken = false;
	}

	@Override
	public void wakeup() {
		this.wakeUps++;
		this.woken = true;
	}

}
