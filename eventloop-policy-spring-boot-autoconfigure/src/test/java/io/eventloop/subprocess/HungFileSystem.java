package io.eventloop.subprocess;

import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.LoopFuture;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.testsupport.TestLibC;

/**
 * Run in a JVM and a mount namespace of its own: mounts a FUSE file system that never
 * answers, and starts children that need it beside some that do not. Says for each loop
 * how that goes.
 */
final class HungFileSystem {

	private static final int CHILDREN = 50;

	private HungFileSystem() {
	}

	public static void main(String[] arguments) throws Exception {
		Path directory = Files.createTempDirectory("hung");
		int fuse = TestLibC.C.open("/dev/fuse", TestLibC.O_RDWR | TestLibC.O_CLOEXEC, 0);
		if (fuse < 0 || TestLibC.C.mount("hung", directory.toString(), "fuse", 0,
				"fd=%d,rootmode=40000,user_id=0,group_id=0".formatted(fuse)) != 0) {
			System.out.println("skipped: FUSE cannot be mounted here");
			return;
		}
		for (WatcherKind kind : List.of(WatcherKind.THREADED, WatcherKind.PIDFD, WatcherKind.NONE)) {
			System.out.println(kind + ": " + run(kind, directory));
		}
		// They hold a copy of the descriptor that keeps the file system alive
		ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
		TestLibC.C.close(fuse);
		System.out.flush();
		Runtime.getRuntime().halt(0);
	}

	private static String run(WatcherKind kind, Path hung) throws Exception {
		EventLoop loop = kind.newLoop();
		ChildWatcher watcher = kind.create();
		EventLoops.setChildWatcher(watcher);
		Thread thread = new Thread(loop::runForever, "eventloop-under-test");
		thread.start();
		// So that the programs are known to start quickly
		others(loop);
		others(loop);
		List<LoopFuture<Subprocess>> hanging = new ArrayList<>();
		SubprocessSpec spec = SubprocessSpec.exec("true");
		File file = hung.resolve("file").toFile();
		for (SubprocessSpec needy : List.of(spec.directory(hung), SubprocessSpec.exec(hung.resolve("program")),
				spec.stdin(Redirect.from(file)), spec.stdout(Redirect.to(file)))) {
			hanging.add(loop.subprocess(needy));
		}
		if (watcher != null) {
			// The JDK does not look into the child's PATH
			hanging.add(loop.subprocess(spec.environment(Map.of("PATH", hung + ":/bin"))));
			hanging.add(loop.subprocess(spec.addEnvironment("PATH", hung + ":/bin")));
		}
		int ended = others(loop);
		long done = hanging.stream().filter(LoopFuture::isDone).count();
		hanging.get(0).cancel(true);
		loop.callSoonThreadsafe(loop::stop);
		thread.join();
		long begin = System.nanoTime();
		loop.close();
		Duration closing = Duration.ofNanos(System.nanoTime() - begin);
		return "%d others, %d done, all failed %s, closed within a second %s".formatted(ended, done,
				hanging.stream().allMatch(LoopFuture::isCompletedExceptionally),
				closing.compareTo(Duration.ofSeconds(1)) < 0);
	}

	private static int others(EventLoop loop) throws Exception {
		List<LoopFuture<Subprocess>> launches = IntStream.range(0, CHILDREN)
			.mapToObj((i) -> loop.subprocess(SubprocessSpec.exec("true")))
			.toList();
		int ended = 0;
		for (LoopFuture<Subprocess> launch : launches) {
			ended += 1 + launch.get(20, TimeUnit.SECONDS).onExit().get(20, TimeUnit.SECONDS);
		}
		return ended;
	}

}
