package io.eventloop.watcher;

import io.eventloop.ChildWatcher;
import io.eventloop.Signal;
import io.eventloop.SpawnScope;
import io.eventloop.UnsupportedPlatformException;
import io.eventloop.testsupport.Proc;
import io.eventloop.watcher.ChildWatcherContract.Candidate;

/**
 * Run in a JVM of its own: says what each watcher reports of a child that exits with 7,
 * and of one that is killed.
 */
final class ChildrenOfAJvm {

	private ChildrenOfAJvm() {
	}

	public static void main(String[] arguments) {
		if (Proc.ignores(Signal.SIGCHLD)) {
			System.out.println("started with SIGCHLD ignored");
		}
		ChildWatcherContract.watchers().forEach(ChildrenOfAJvm::watch);
	}

	private static void watch(Candidate candidate) {
		try (LoopThread loop = new LoopThread("main-loop")) {
			loop.awaitRunning();
			try (ChildWatcher watcher = candidate.factory().get()) {
				watcher.attachLoop(loop.loop());
				System.out.println(candidate + ": " + watch(watcher, loop));
			}
		}
		catch (UnsupportedPlatformException ex) {
			System.out.println(candidate + ": refused");
		}
	}

	private static String watch(ChildWatcher watcher, LoopThread loop) {
		RecordedExits exits = new RecordedExits();
		SpawnScope scope = watcher.enter();
		TestChild child = TestChild.running(7);
		TestChild killed = TestChild.running(8);
		loop.run(() -> watcher.addChildHandler(child.pid(), exits));
		scope.close();
		child.end();
		int code = exits.next().returnCode();
		scope = watcher.enter();
		loop.run(() -> watcher.addChildHandler(killed.pid(), exits));
		scope.close();
		killed.kill();
		return code + " " + exits.next().returnCode();
	}

}
