package io.eventloop.watcher.soak;

import java.util.ArrayList;
import java.util.List;

import io.eventloop.Signal;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.watcher.LoopThread;
import io.eventloop.watcher.soak.SoakSums.Count;

/**
 * Loops that close while children of theirs are alive.
 */
final class SoakedLoops {

	private SoakedLoops() {
	}

	/**
	 * The children end after their loop has closed, while it closes, or have ended
	 * before.
	 */
	static void closedBeforeTheExit(SoakLane lane) {
		List<SoakChild> later;
		List<SoakChild> meanwhile;
		try (LoopThread second = new LoopThread("soak-second-loop")) {
			later = lane.together(16, second);
			meanwhile = lane.together(16, second);
			meanwhile.get(0).child().end();
		}
		SoakLane.awaitTold(meanwhile);
		SoakLane.end(later);
	}

	/**
	 * The loop kills the children that it has started.
	 */
	static void closedWithSubprocesses(SoakLane lane) {
		List<Subprocess> children = new ArrayList<>();
		try (LoopThread second = new LoopThread("soak-second-loop")) {
			for (int i = 0; i < 8; i++) {
				children.add(second.loop().subprocess(SubprocessSpec.exec("cat").pipes()).join());
			}
		}
		for (Subprocess child : children) {
			lane.sums().add(Count.CHILDREN);
			if (child.returnCode().isEmpty()) {
				lane.sums().add(Count.LOST);
			}
			else if (child.returnCode().getAsInt() != -Signal.SIGKILL.number()) {
				lane.sums().add(Count.WRONG_CODES);
			}
		}
	}

}
