package io.eventloop.subprocess;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.Output;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.UnsupportedPlatformException;
import io.eventloop.posix.ChildJvm;
import io.eventloop.testsupport.RequireIoUring;

/**
 * Run in a JVM of its own, that was started oddly: runs a shell command on a loop with
 * each watcher, and without, and says what it wrote and returned.
 */
final class LaunchesOfAJvm {

	private static final int PATIENCE_SECONDS = 20;

	private static final String WITHOUT_IO_URING = "launches.without-io-uring";

	private LaunchesOfAJvm() {
	}

	/**
	 * The command of such a JVM. Its standard streams may be closed, so what it says goes
	 * to a file.
	 */
	static List<String> command(Path results, String shellCommand, String... options) {
		List<String> command = new ArrayList<>(ChildJvm.command(LaunchesOfAJvm.class, ChildJvm.CLASS_PATH, options));
		command.add(1, "-D%s=%s".formatted(WITHOUT_IO_URING, RequireIoUring.isMissing()));
		command.addAll(List.of(results.toString(), shellCommand));
		return command;
	}

	/**
	 * The names of all kinds, with the same text after each.
	 */
	static List<String> all(String text) {
		return kinds(RequireIoUring.isMissing()).map((kind) -> kind + ": " + text).toList();
	}

	/**
	 * Those whose system calls are the library's own, not Netty's.
	 */
	private static Stream<WatcherKind> kinds(boolean withoutIoUring) {
		return Arrays.stream(WatcherKind.values())
			.filter((kind) -> kind != WatcherKind.NETTY_NIO && kind != WatcherKind.NETTY_EPOLL)
			.filter((kind) -> kind != WatcherKind.IO_URING || !withoutIoUring);
	}

	public static void main(String[] arguments) throws Exception {
		List<String> results = new ArrayList<>();
		for (WatcherKind kind : kinds(Boolean.getBoolean(WITHOUT_IO_URING)).toList()) {
			results.add(kind + ": " + run(kind, arguments[1]));
		}
		Files.write(Path.of(arguments[0]), results);
	}

	private static String run(WatcherKind kind, String shellCommand) throws Exception {
		try (EventLoop loop = kind.newLoop()) {
			ChildWatcher watcher = kind.create();
			EventLoops.setChildWatcher(watcher);
			Thread thread = new Thread(loop::runForever, "eventloop-under-test");
			if (watcher != null) {
				loop.callSoonThreadsafe(() -> watcher.attachLoop(loop));
			}
			thread.start();
			try {
				return run(loop, shellCommand);
			}
			finally {
				loop.callSoonThreadsafe(loop::stop);
				thread.join();
			}
		}
		catch (UnsupportedPlatformException ex) {
			return refused(ex);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof UnsupportedPlatformException refusal) {
				return refused(refusal);
			}
			return "failed, " + ex.getCause().getMessage();
		}
	}

	private static String refused(UnsupportedPlatformException refusal) {
		return "refused, " + refusal.getMessage() + "; " + refusal.action();
	}

	private static String run(EventLoop loop, String shellCommand)
			throws InterruptedException, ExecutionException, TimeoutException, IOException {
		Subprocess child = loop.subprocess(SubprocessSpec.shell(shellCommand).stdout(Redirect.PIPE))
			.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		Output output = child.communicate().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		return child.onDrained().get(PATIENCE_SECONDS, TimeUnit.SECONDS) + " "
				+ output.stdoutText().strip().replace('\n', '|');
	}

}
