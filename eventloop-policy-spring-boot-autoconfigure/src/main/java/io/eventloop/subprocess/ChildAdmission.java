package io.eventloop.subprocess;

import java.util.concurrent.RejectedExecutionException;

import io.eventloop.ChildLimits;
import io.eventloop.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Whether a loop may launch one more child, within its {@link ChildLimits}.
 */
final class ChildAdmission {

	private ChildAdmission() {
	}

	/**
	 * Return why one more launch is refused.
	 * @param pending how many launches are pending
	 * @param running how many children are running
	 * @return the reason, or {@code null} to admit it
	 */
	static @Nullable RejectedExecutionException refusal(EventLoop loop, int pending, int running) {
		ChildLimits limits = loop.getChildLimits();
		if (pending >= limits.maxPending()) {
			return new RejectedExecutionException(
					"%s has %d pending launches, and accepts no more than that; wait for some before the next, or raise "
						.formatted(loop, pending) + "eventloop.children.max-pending (ChildLimits.maxPending)");
		}
		if (pending + running >= limits.maxActive()) {
			return new RejectedExecutionException(
					"%s has %d active children, and accepts no more than that; wait for some to exit, or raise "
						.formatted(loop, pending + running) + "eventloop.children.max-active (ChildLimits.maxActive)");
		}
		return null;
	}

}
