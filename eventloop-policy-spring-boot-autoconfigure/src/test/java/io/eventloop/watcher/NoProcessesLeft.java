package io.eventloop.watcher;

import io.eventloop.posix.TestNative;
import io.eventloop.watcher.ChildWatcherContract.Candidate;

/**
 * Run in a JVM of its own: becomes an ordinary user, sets the limit on that user's
 * processes and threads to none, and says what each watcher makes of it.
 */
final class NoProcessesLeft {

	private static final int NOBODY_ELSE = 60_606;

	private static final int RLIMIT_NPROC = 6;

	private NoProcessesLeft() {
	}

	public static void main(String[] arguments) throws Exception {
		LoadedClasses.all();
		if (TestNative.callInt("getuid") == 0 && TestNative.callInt("setuid", NOBODY_ELSE) != 0) {
			System.out.println("skipped: the superuser here, whom no such limit binds, may not become another");
			return;
		}
		long most = TestNative.limit(RLIMIT_NPROC)[1];
		for (Candidate candidate : ChildWatcherContract.watchers().toList()) {
			try (FaultyJvm jvm = new FaultyJvm(candidate)) {
				jvm.run("exit 0");
				System.out.println(candidate + ": " + watch(jvm, most));
			}
		}
	}

	private static String watch(FaultyJvm jvm, long most) throws Exception {
		var scope = jvm.watcher.enter();
		TestChild child = TestChild.running(7);
		RecordedExits exits = jvm.register(child);
		scope.close();
		TestNative.setLimit(RLIMIT_NPROC, 0, most);
		String failure = FaultyJvm.extract(jvm.fail(), "the limit on processes");
		child.end();
		int alive = exits.next().returnCode();
		TestNative.setLimit(RLIMIT_NPROC, most, most);
		return "%s, alive %d, afterwards %d".formatted(failure, alive, jvm.run("exit 9"));
	}

}
