package io.eventloop.subprocess;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.LoopFuture;
import io.eventloop.Output;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;

/**
 * Run in a JVM of its own, with a small heap: collects more of one child's output than
 * fits into it, beside ordinary children, and says what came of each.
 */
final class LargeOutputs {

	private static final int ORDINARY = 50;

	private LargeOutputs() {
	}

	public static void main(String[] arguments) {
		try {
			long megabytes = Long.parseLong(arguments[0]);
			for (int i = 1; i < arguments.length; i++) {
				System.out.println(arguments[i] + ": " + collect(WatcherKind.valueOf(arguments[i]), megabytes));
			}
			System.exit(0);
		}
		catch (Throwable ex) {
			// The loop's thread would keep the JVM
			ex.printStackTrace(System.out);
			System.exit(1);
		}
	}

	private static String collect(WatcherKind kind, long megabytes) throws Exception {
		ChildWatcher watcher = kind.create();
		EventLoop loop = kind.newLoop();
		Thread thread = new Thread(loop::runForever, "loop");
		thread.start();
		if (watcher != null) {
			EventLoops.setChildWatcher(watcher);
			loop.callSoonThreadsafe(() -> watcher.attachLoop(loop));
		}
		LoopFuture<Subprocess> large = loop
			.subprocess(SubprocessSpec.shell("head -c %dM /dev/zero".formatted(megabytes)).pipes());
		Subprocess child = large.get(20, TimeUnit.SECONDS);
		CompletableFuture<Output> collected = child.communicate(null, Long.MAX_VALUE);
		List<CompletableFuture<Output>> others = new ArrayList<>();
		for (int i = 0; i < ORDINARY; i++) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
			others.add(startOrdinary(loop, i));
		}
		String failure = failure(collected);
		int right = 0;
		for (int i = 0; i < ORDINARY; i++) {
			right += isRight(others.get(i), i) ? 1 : 0;
		}
		String after = new String(loop.subprocess(SubprocessSpec.shell("echo after").pipes())
			.thenCompose((other) -> other.communicate(null))
			.get(20, TimeUnit.SECONDS)
			.stdout(), StandardCharsets.UTF_8).strip();
		String text = "%d right, %s, %s, running %s, exit %s".formatted(right, failure, after, loop.isRunning(),
				child.onExit().get(20, TimeUnit.SECONDS));
		loop.callSoonThreadsafe(loop::stop);
		thread.join(20_000);
		loop.close();
		EventLoops.setChildWatcher(null);
		return text;
	}

	/**
	 * A thread that is not the library's may find no memory in a heap that is almost
	 * full, and tries again.
	 */
	private static CompletableFuture<Output> startOrdinary(EventLoop loop, int number) {
		while (true) {
			try {
				SubprocessSpec spec = SubprocessSpec.shell("sleep 0.%d; echo right %d".formatted(number % 10, number))
					.pipes();
				return loop.subprocess(spec).thenCompose((other) -> other.communicate(null));
			}
			catch (OutOfMemoryError ex) {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
			}
		}
	}

	private static String failure(CompletableFuture<Output> collected) throws Exception {
		try {
			return "collected " + collected.get(60, TimeUnit.SECONDS).stdout().length;
		}
		catch (ExecutionException ex) {
			return "failed: " + ex.getCause().toString().replaceAll("process \\d+", "process N");
		}
	}

	private static boolean isRight(CompletableFuture<Output> future, int number) throws Exception {
		try {
			return new String(future.get(20, TimeUnit.SECONDS).stdout(), StandardCharsets.UTF_8)
				.equals("right " + number + "\n");
		}
		catch (ExecutionException ex) {
			System.out.println(ex.getCause());
			return false;
		}
	}

}
