package io.eventloop.subprocess;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;

/**
 * Run in a JVM of its own, with a small heap that other threads fill and empty: starts
 * children all the while, and says what is left of them.
 */
final class ShortOfMemory {

	private static final int FILLERS = 3;

	private static final int MIN_SHORTAGES = 40;

	private static final int MAX_CHILDREN = 20_000;

	private static volatile boolean filling = true;

	private static volatile int shortages;

	private static volatile Throwable left;

	private ShortOfMemory() {
	}

	public static void main(String[] arguments) throws Exception {
		int children = Integer.parseInt(arguments[0]);
		for (int i = 1; i < arguments.length; i++) {
			WatcherKind kind = WatcherKind.valueOf(arguments[i]);
			String result = launch(kind, children);
			System.out.println(kind + ": " + result);
		}
		System.exit(0);
	}

	private static String launch(WatcherKind kind, int children) throws Exception {
		ChildWatcher watcher = kind.create();
		EventLoop loop = kind.newLoop();
		Thread thread = new Thread(() -> run(loop), "loop");
		thread.setDaemon(true);
		thread.start();
		if (watcher != null) {
			EventLoops.setChildWatcher(watcher);
			loop.callSoonThreadsafe(() -> watcher.attachLoop(loop));
		}
		start(loop).get(20, TimeUnit.SECONDS).onDrained().get(20, TimeUnit.SECONDS);
		List<CompletableFuture<Subprocess>> launches = new ArrayList<>(MAX_CHILDREN);
		int started = 0;
		// This thread itself must have what it needs before there is no memory left
		CountDownLatch begin = new CountDownLatch(1);
		filling = true;
		shortages = 0;
		List<Thread> fillers = new ArrayList<>();
		for (int i = 0; i < FILLERS; i++) {
			Thread filler = new Thread(() -> fill(begin), "filler");
			filler.setDaemon(true);
			filler.start();
			fillers.add(filler);
		}
		begin.countDown();
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
		while (started < MAX_CHILDREN && System.nanoTime() - end < 0
				&& (started < children || shortages < MIN_SHORTAGES)) {
			launches.add(startForSure(loop));
			started++;
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
		}
		filling = false;
		for (Thread filler : fillers) {
			filler.join(20_000);
		}
		int seen = shortages;
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
		long pending = pending(launches);
		while ((pending > 0 || zombies() > 0) && System.nanoTime() - deadline < 0) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
			pending = pending(launches);
		}
		long failed = launches.stream().filter(CompletableFuture::isCompletedExceptionally).count();
		String text = "%d pending, %d zombies, running %s, %s, %s".formatted(pending, zombies(), loop.isRunning(),
				(seen > 0) ? "short" : "never short", (failed < started) ? "some right" : "none right");
		if (left != null) {
			left.printStackTrace();
		}
		launches.stream()
			.filter((launch) -> !isOver(launch))
			.forEach((launch) -> System.out.println("Pending: " + (launch.isDone() ? launch.join() : launch)));
		System.out.println(kind + " had " + seen + " shortages, " + failed + " of " + started + " failed");
		if (!loop.isClosed()) {
			loop.callSoonThreadsafe(loop::stop);
			thread.join(20_000);
		}
		EventLoops.setChildWatcher(null);
		return text;
	}

	/**
	 * As any code that runs a loop does: a loop that was left for an error is closed.
	 */
	private static void run(EventLoop loop) {
		try {
			loop.runForever();
		}
		catch (OutOfMemoryError ex) {
			left = ex;
		}
		finally {
			loop.close();
		}
	}

	private static CompletableFuture<Subprocess> start(EventLoop loop) {
		return loop.subprocess(SubprocessSpec.exec("/bin/true").pipes());
	}

	/**
	 * The caller's own shortages are the caller's.
	 */
	private static CompletableFuture<Subprocess> startForSure(EventLoop loop) {
		while (true) {
			try {
				if (loop.isClosed()) {
					return CompletableFuture.failedFuture(new IllegalStateException("closed"));
				}
				return start(loop);
			}
			catch (IllegalStateException ex) {
				// Closed in this very moment
				Thread.yield();
			}
			catch (OutOfMemoryError ex) {
				Thread.yield();
			}
		}
	}

	private static void fill(CountDownLatch begin) {
		try {
			begin.await();
		}
		catch (InterruptedException ex) {
			return;
		}
		while (filling) {
			List<byte[]> ballast = null;
			try {
				ballast = new ArrayList<>();
				while (filling) {
					ballast.add(new byte[ThreadLocalRandom.current().nextInt(16, 64 * 1024)]);
				}
			}
			catch (OutOfMemoryError ex) {
				shortages++;
				hold(ballast);
			}
		}
	}

	/**
	 * Leave the heap full, to the last small object, for a moment.
	 */
	private static void hold(List<byte[]> ballast) {
		long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5);
		Object[] small = null;
		while (System.nanoTime() - until < 0) {
			try {
				small = new Object[] { small };
			}
			catch (OutOfMemoryError ex) {
				Thread.yield();
			}
		}
		if (ballast != null) {
			ballast.clear();
		}
	}

	/**
	 * Count the launches that are not done, and the children that are not. Futures of the
	 * library alone: a stage of the JDK's is lost where it finds no memory as it is
	 * completed.
	 */
	private static long pending(List<CompletableFuture<Subprocess>> launches) {
		return launches.stream().filter((launch) -> !isOver(launch)).count();
	}

	private static boolean isOver(CompletableFuture<Subprocess> launch) {
		return launch.isDone() && (launch.isCompletedExceptionally() || launch.join().onDrained().isDone());
	}

	static long zombies() throws Exception {
		long self = ProcessHandle.current().pid();
		try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
			long zombies = 0;
			for (Path task : tasks.toList()) {
				String children = readable(task.resolve("children"));
				for (String pid : children.isBlank() ? new String[0] : children.strip().split(" ")) {
					String stat = readable(Path.of("/proc", pid, "stat"));
					zombies += stat.contains(") Z " + self + " ") ? 1 : 0;
				}
			}
			return zombies;
		}
	}

	private static String readable(Path file) {
		try {
			return Files.readString(file);
		}
		catch (Exception ex) {
			return "";
		}
	}

}
