package io.eventloop.watcher.soak;

import java.util.List;

import io.eventloop.watcher.LoopThread;
import io.eventloop.watcher.soak.SoakSums.Count;

/**
 * What happens to the handlers of the soak's children.
 */
final class SoakedHandlers {

	private SoakedHandlers() {
	}

	/**
	 * They are replaced, by another on the same loop or on a new one.
	 */
	static void replaced(SoakLane lane) {
		try (LoopThread second = new LoopThread("soak-second-loop")) {
			List<SoakChild> children = lane.inScope(() -> {
				List<SoakChild> started = lane.together(24);
				lane.loop()
					.run(() -> started.forEach((child) -> lane.watcher().addChildHandler(child.pid(), child.never())));
				lane.register(started.subList(0, 12), lane.loop());
				lane.register(started.subList(12, 24), second);
				return started;
			});
			SoakLane.end(children);
		}
	}

	/**
	 * They are removed, and some of them registered again.
	 */
	static void removed(SoakLane lane) {
		lane.inScope(() -> {
			List<SoakChild> children = lane.together(16);
			for (SoakChild child : children) {
				lane.register(child, child.never());
				if (!lane.watcher().removeChildHandler(child.pid())) {
					lane.sums().add(Count.LOST);
				}
			}
			List<SoakChild> again = children.subList(0, 8);
			lane.register(again, lane.loop());
			children.get(0).child().end();
			SoakLane.awaitTold(again);
			children.subList(8, 16).forEach((child) -> child.compare(child.child().reap()));
			return children;
		});
	}

	/**
	 * They throw.
	 */
	static void throwing(SoakLane lane) {
		List<SoakChild> children = lane.inScope(() -> {
			List<SoakChild> started = lane.together(16);
			started.forEach((child) -> lane.register(child, (exit) -> {
				child.childExited(exit);
				throw new HandlerException();
			}));
			return started;
		});
		SoakLane.end(children);
	}

	/**
	 * What handlers throw, without a trace: there are many.
	 */
	static final class HandlerException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		HandlerException() {
			super("a handler's error", null, false, false);
		}

	}

}
