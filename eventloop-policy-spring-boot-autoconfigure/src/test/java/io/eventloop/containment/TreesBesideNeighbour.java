package io.eventloop.containment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.policy.DefaultEventLoopPolicy;

/**
 * A service that starts and ends trees until it has ended a number of them, or its time
 * is over, and halts in the middle of the next ones.
 */
public final class TreesBesideNeighbour {

	private static final int AT_ONCE = 8;

	private static final List<String> SCRIPTS = List.of("setsid sleep TAG & echo; wait",
			"setsid env -i sleep TAG & sleep TAG & echo; wait", "sleep TAG >/dev/null & echo",
			"(setsid sleep TAG &); echo; exec sleep TAG");

	private TreesBesideNeighbour() {
	}

	/**
	 * Run it.
	 * @param arguments the text that all command lines have, how many trees, and how many
	 * seconds at most
	 */
	public static void main(String[] arguments) throws Exception {
		int most = Integer.parseInt(arguments[1]);
		long end = System.nanoTime() + Duration.ofSeconds(Long.parseLong(arguments[2])).toNanos();
		EventLoops.setEventLoopPolicy(new DefaultEventLoopPolicy());
		EventLoop loop = EventLoops.newEventLoop();
		loop.setChildContainment(TreeContainment.builder().killOnExit(Duration.ofSeconds(1)).build());
		Thread thread = new Thread(loop::runForever, "loop");
		thread.setDaemon(true);
		thread.start();
		int ended = 0;
		while (ended < most && System.nanoTime() - end < 0) {
			List<Subprocess> children = start(loop, arguments[0], ended);
			children.forEach((child) -> child.transport().tree().kill());
			CompletableFuture
				.allOf(children.stream()
					.map((child) -> child.transport().tree().killed().toCompletableFuture())
					.toArray(CompletableFuture[]::new))
				.join();
			children.forEach((child) -> child.onExit().join());
			ended += children.size();
		}
		start(loop, arguments[0], 0);
		System.out.println(ended);
		System.out.flush();
		Runtime.getRuntime().halt(0);
	}

	private static List<Subprocess> start(EventLoop loop, String tag, int number) {
		List<Subprocess> children = new ArrayList<>();
		for (int i = 0; i < AT_ONCE; i++) {
			SubprocessSpec spec = SubprocessSpec.shell(SCRIPTS.get(i % SCRIPTS.size()).replace("TAG", tag)).pipes();
			children.add(loop.subprocess((i % 2 == 0) ? spec.processGroup(0) : spec).join());
		}
		children.forEach((child) -> child.requireStdout().readLine().join());
		return children;
	}

}
