package io.eventloop.watcher.soak;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.eventloop.ChildExit;
import io.eventloop.ChildHandler;
import io.eventloop.ExitStatus;
import io.eventloop.testsupport.Proc;
import io.eventloop.watcher.TestChild;
import io.eventloop.watcher.soak.SoakSums.Count;

/**
 * A child of the soak: how it is to end, and the handler that compares. However late a
 * second call comes, it is counted.
 */
final class SoakChild implements ChildHandler {

	private static final int PATIENCE_SECONDS = 60;

	private final TestChild child;

	private final int expected;

	private final SoakSums sums;

	private final AtomicInteger calls = new AtomicInteger();

	private final CountDownLatch told = new CountDownLatch(1);

	/**
	 * Count a child.
	 * @param expected the return code it is to end with
	 */
	SoakChild(TestChild child, int expected, SoakSums sums) {
		this.child = child;
		this.expected = expected;
		this.sums = sums;
		sums.add(Count.CHILDREN);
	}

	TestChild child() {
		return this.child;
	}

	long pid() {
		return this.child.pid();
	}

	@Override
	public void childExited(ChildExit exit) {
		if (this.calls.incrementAndGet() > 1) {
			this.sums.add(Count.DOUBLED);
		}
		compare(exit);
		this.told.countDown();
	}

	/**
	 * Compare an exit that came another way.
	 */
	void compare(ChildExit exit) {
		if (exit.status() instanceof ExitStatus.Lost) {
			this.sums.add(Count.LOST);
		}
		else if (exit.returnCode() != this.expected || exit.pid() != pid()) {
			this.sums.add(Count.WRONG_CODES);
		}
	}

	/**
	 * A handler that must not be called, because this child has another one or none.
	 */
	ChildHandler never() {
		return (exit) -> this.sums.add(Count.DOUBLED);
	}

	/**
	 * Wait until the handler has been called.
	 */
	void awaitTold() {
		try {
			if (!this.told.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
				this.sums.add(Count.LOST);
				throw new AssertionError(
						"The end of process %2$d was not reported in %1$d s, which is in state %s and %s"
							.formatted(PATIENCE_SECONDS, pid(), Proc.state(pid()), this.child.process()));
			}
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

}
