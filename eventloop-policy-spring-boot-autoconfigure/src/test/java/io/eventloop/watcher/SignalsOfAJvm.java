package io.eventloop.watcher;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.eventloop.ChildWatcher;
import io.eventloop.SpawnScope;
import io.eventloop.UnsupportedPlatformException;

/**
 * Run in a JVM of its own, where no process has been started yet: creates a watcher, has
 * the JDK start its first process, and says how long the exit of a child then takes to be
 * noticed.
 */
@SuppressWarnings("try") // Scopes are there to end
final class SignalsOfAJvm {

	private static final List<Supplier<ChildWatcher>> WATCHERS = List.of(MultiLoopChildWatcher::new,
			SafeChildWatcher::new, FastChildWatcher::new);

	private SignalsOfAJvm() {
	}

	public static void main(String[] arguments) throws Exception {
		for (Supplier<ChildWatcher> factory : WATCHERS) {
			try (LoopThread loop = new LoopThread("main-loop")) {
				loop.awaitRunning();
				try (ChildWatcher watcher = factory.get()) {
					watcher.attachLoop(loop.loop());
					watch(watcher, loop);
				}
			}
			catch (UnsupportedPlatformException ex) {
				System.out.println("refused: " + ex.getMessage() + "; " + ex.action());
			}
		}
	}

	private static void watch(ChildWatcher watcher, LoopThread loop) throws Exception {
		new ProcessBuilder("true").start().waitFor(20, TimeUnit.SECONDS);
		RecordedExits exits = new RecordedExits();
		TestChild child = TestChild.running(7);
		try (SpawnScope scope = watcher.enter()) {
			loop.run(() -> watcher.addChildHandler(child.pid(), exits));
		}
		long start = System.nanoTime();
		child.end();
		int code = exits.next().returnCode();
		boolean late = System.nanoTime() - start > PeriodicSweep.PERIOD.toNanos() / 2;
		System.out.println(watcher.name() + ": " + code + (late ? " late" : " at once"));
	}

}
