package io.eventloop.watcher.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.eventloop.Signal;
import io.eventloop.testsupport.Proc;
import io.eventloop.watcher.TestChild;
import io.eventloop.watcher.WatcherLeftovers;

/**
 * The ways in which the soak's children end.
 */
final class SoakedExits {

	/**
	 * Those that end a child, but for what this JVM was started with ignored, as SIGINT
	 * in a shell script's background.
	 */
	private static final int[] SIGNALS = IntStream
		.of(1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 27, 30, 31)
		.filter((signal) -> !Proc.ignores(Signal.of(signal)))
		.toArray();

	private SoakedExits() {
	}

	/**
	 * Many at the same time, with all the codes there are.
	 */
	static void together(SoakLane lane) {
		SoakLane.end(lane.together(64));
	}

	/**
	 * While they are being registered.
	 */
	static void byThemselves(SoakLane lane) {
		List<SoakChild> children = new ArrayList<>();
		for (int i = 0; i < 32; i++) {
			children.add(lane.inScope(() -> {
				int code = lane.nextCode();
				SoakChild child = new SoakChild(TestChild.exiting(code), code, lane.sums());
				lane.register(child);
				return child;
			}));
		}
		SoakLane.awaitTold(children);
	}

	/**
	 * Before they are registered.
	 */
	static void early(SoakLane lane) {
		for (int i = 0; i < 16; i++) {
			lane.inScope(() -> {
				int code = lane.nextCode();
				SoakChild child = new SoakChild(TestChild.exiting(code), code, lane.sums());
				child.child().awaitEnd();
				lane.register(child);
				return child;
			}).awaitTold();
		}
	}

	/**
	 * By each signal.
	 */
	static void signalled(SoakLane lane) {
		List<SoakChild> children = lane.inScope(() -> {
			List<TestChild> started = TestChild.inOneGroup(SIGNALS.length);
			List<SoakChild> all = new ArrayList<>();
			for (int i = 0; i < SIGNALS.length; i++) {
				all.add(new SoakChild(started.get(i), -SIGNALS[i], lane.sums()));
			}
			lane.register(all, lane.loop());
			return all;
		});
		for (int i = 0; i < SIGNALS.length; i++) {
			children.get(i).child().process().signal(Signal.of(SIGNALS[i]));
		}
		SoakLane.end(children);
	}

	/**
	 * Many by one kill.
	 */
	static void killedTogether(SoakLane lane) {
		List<SoakChild> children = lane.inScope(() -> {
			List<SoakChild> all = TestChild.inOneGroup(100)
				.stream()
				.map((child) -> new SoakChild(child, -Signal.SIGKILL.number(), lane.sums()))
				.toList();
			lane.register(all, lane.loop());
			return all;
		});
		children.get(0).child().process().signalGroup(Signal.SIGKILL);
		SoakLane.end(children);
	}

	/**
	 * After they were stopped and continued.
	 */
	static void stoppedBefore(SoakLane lane) {
		List<SoakChild> children = lane.together(8);
		for (SoakChild child : children) {
			child.child().process().signal(Signal.SIGSTOP);
			WatcherLeftovers.await(() -> Proc.state(child.pid()) == Proc.STOPPED);
		}
		children.forEach((child) -> child.child().process().signal(Signal.SIGCONT));
		SoakLane.end(children);
	}

}
