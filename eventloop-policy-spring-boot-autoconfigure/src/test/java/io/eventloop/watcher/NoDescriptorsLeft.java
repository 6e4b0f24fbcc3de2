package io.eventloop.watcher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.eventloop.SpawnScope;
import io.eventloop.posix.Descriptors;
import io.eventloop.posix.Pidfd;
import io.eventloop.posix.PosixException;
import io.eventloop.testsupport.Proc;
import io.eventloop.watcher.ChildWatcherContract.Candidate;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Run in a JVM of its own, with few descriptors: uses them all up, and says what each
 * watcher makes of it.
 */
final class NoDescriptorsLeft {

	private NoDescriptorsLeft() {
	}

	public static void main(String[] arguments) throws Exception {
		LoadedClasses.all();
		for (Candidate candidate : ChildWatcherContract.watchers().toList()) {
			try (FaultyJvm jvm = new FaultyJvm(candidate)) {
				jvm.run("exit 0");
				System.out.println(candidate + ": " + watch(jvm));
			}
		}
	}

	private static String watch(FaultyJvm jvm) throws Exception {
		long before = Proc.descriptorsOfChildren();
		SpawnScope scope = jvm.watcher.enter();
		TestChild registered = TestChild.running(7);
		TestChild unregistered = TestChild.running(8);
		RecordedExits exits = jvm.register(registered);
		List<Integer> all = openAll();
		String failure = FaultyJvm.extract(jvm.fail(), "too many open files");
		RecordedExits without = jvm.register(unregistered);
		scope.close();
		registered.end();
		int alive = exits.next().returnCode();
		unregistered.end();
		int withoutPidfd = without.next().returnCode();
		all.forEach(Descriptors::close);
		return "%s, alive %d, without a pidfd %d, afterwards %d, leaked %d".formatted(failure, alive, withoutPidfd,
				jvm.run("exit 9"), leaked(before));
	}

	private static List<Integer> openAll() throws IOException {
		long self = ProcessHandle.current().pid();
		List<Integer> all = new ArrayList<>();
		try {
			while (true) {
				all.add(Pidfd.open(self));
			}
		}
		catch (PosixException ex) {
			return all;
		}
	}

	private static long leaked(long before) {
		try {
			WatcherLeftovers.await(() -> Proc.descriptorsOfChildren() <= before);
			return 0;
		}
		catch (ConditionTimeoutException ex) {
			return Proc.descriptorsOfChildren() - before;
		}
	}

}
