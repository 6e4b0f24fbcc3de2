package io.eventloop.watcher;

import java.util.List;

import io.eventloop.posix.TestNative;
import io.eventloop.testsupport.Proc;

/**
 * A child that neither this library nor the JDK has spawned, but another library.
 *
 * @param pid its pid
 */
record ForeignSpawn(long pid) {

	/**
	 * One that runs until it is killed.
	 */
	static ForeignSpawn running() {
		return spawn("exec sleep 600");
	}

	/**
	 * One that has ended, and is a zombie.
	 */
	static ForeignSpawn ended(int code) {
		ForeignSpawn child = spawn("exit " + code);
		WatcherLeftovers.await(() -> child.state() == Proc.ZOMBIE);
		return child;
	}

	private static ForeignSpawn spawn(String script) {
		long pid = TestNative.spawn("sh", List.of("sh", "-c", script), List.of("PATH=" + System.getenv("PATH")));
		if (pid <= 0) {
			throw new AssertionError("Cannot spawn: errno " + -pid);
		}
		return new ForeignSpawn(pid);
	}

	char state() {
		return Proc.state(this.pid);
	}

	/**
	 * Take its exit, as the library that has spawned it would.
	 * @return the exit code, -1 if other code took it first
	 */
	int waitFor() {
		int status = TestNative.waitpid(this.pid);
		return (status != -1) ? status >> 8 & 0xff : -1;
	}

	void end() {
		TestNative.call("kill", this.pid, 9);
		waitFor();
	}

}
