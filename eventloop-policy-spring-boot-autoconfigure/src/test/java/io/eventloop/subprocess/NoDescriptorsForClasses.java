package io.eventloop.subprocess;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;

/**
 * Run in a JVM of its own, with few descriptors and the library in a folder: uses them
 * all up before anything has failed, so that a class that a failure needs could not be
 * loaded any more.
 */
final class NoDescriptorsForClasses {

	private static final int ALIVE = 20;

	private static final int LAUNCHES = 100;

	private NoDescriptorsForClasses() {
	}

	public static void main(String[] arguments) throws Exception {
		System.out.println(arguments[0] + ": " + tryOut(WatcherKind.valueOf(arguments[0])));
		System.exit(0);
	}

	private static String tryOut(WatcherKind kind) throws Exception {
		ChildWatcher watcher = kind.create();
		EventLoop loop = kind.newLoop();
		Thread thread = new Thread(loop::runForever, "loop");
		thread.setDaemon(true);
		thread.start();
		if (watcher != null) {
			EventLoops.setChildWatcher(watcher);
			loop.callSoonThreadsafe(() -> watcher.attachLoop(loop));
		}
		SubprocessSpec spec = SubprocessSpec.exec("/bin/cat").pipes();
		List<CompletableFuture<Integer>> alive = new ArrayList<>();
		for (int i = 0; i < ALIVE; i++) {
			alive.add(loop.subprocess(spec).get(20, TimeUnit.SECONDS).onDrained());
		}
		CompletableFuture<?>[] failing = new CompletableFuture<?>[LAUNCHES];
		List<FileInputStream> all = useUp();
		for (int i = 0; i < LAUNCHES; i++) {
			failing[i] = loop.subprocess(spec).thenCompose(Subprocess::onDrained);
		}
		long pending = pending(failing);
		loop.callSoonThreadsafe(loop::stop);
		thread.join(20_000);
		String closed = close(loop);
		long waiting = pending(alive.toArray(CompletableFuture<?>[]::new));
		for (FileInputStream file : all) {
			file.close();
		}
		return "%d pending, %d waiting, %s, %d zombies".formatted(pending, waiting, closed, ShortOfMemory.zombies());
	}

	private static String close(EventLoop loop) {
		try {
			loop.close();
			return "closed " + loop.isClosed();
		}
		catch (Throwable ex) {
			return "closing failed: " + ex;
		}
	}

	private static List<FileInputStream> useUp() {
		List<FileInputStream> all = new ArrayList<>();
		try {
			while (true) {
				all.add(new FileInputStream("/dev/null"));
			}
		}
		catch (IOException ex) {
			return all;
		}
	}

	private static long pending(CompletableFuture<?>[] futures) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
		long pending;
		do {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
			pending = Stream.of(futures).filter((future) -> !future.isDone()).count();
		}
		while (pending > 0 && System.nanoTime() - deadline < 0);
		return pending;
	}

}
