package io.eventloop.containment;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.policy.DefaultEventLoopPolicy;

/**
 * A service that has children, each with a child in a session of its own, and that does
 * then what its argument names.
 */
public final class GuardedService {

	private GuardedService() {
	}

	/**
	 * Run it.
	 * @param arguments the text that all command lines have, the number of children, how
	 * long those have after a crash in milliseconds ({@code -1} to let them live), and
	 * what the service does then: {@code wait}, {@code halt}, {@code exit},
	 * {@code memory}, {@code close}, {@code nest} (run such a service as a child, and
	 * print its pid) or {@code more} (start a child for each byte that it reads)
	 */
	public static void main(String[] arguments) throws Exception {
		String tag = arguments[0];
		int count = Integer.parseInt(arguments[1]);
		long grace = Long.parseLong(arguments[2]);
		EventLoops.setEventLoopPolicy(new DefaultEventLoopPolicy());
		EventLoop loop = EventLoops.newEventLoop();
		TreeContainment.Builder containment = TreeContainment.builder();
		if (grace >= 0) {
			containment.killOnExit(Duration.ofMillis(grace));
		}
		loop.setChildContainment(containment.build());
		Thread thread = new Thread(loop::runForever, "loop");
		thread.setDaemon(true);
		thread.start();
		String script = "trap '' TERM; : TAG; setsid sleep TAG & echo ready; while :; do sleep TAG; done".replace("TAG",
				tag);
		for (int i = 0; i < count; i++) {
			start(loop, SubprocessSpec.exec("sh", "-c", script));
		}
		ready();
		switch (arguments[3]) {
			case "halt" -> Runtime.getRuntime().halt(3);
			case "exit" -> System.exit(0);
			case "memory" -> fillMemory();
			case "close" -> {
				loop.callSoonThreadsafe(loop::stop);
				thread.join();
				loop.close();
				System.out.println("closed");
				System.in.read();
			}
			case "nest" -> {
				long inner = start(loop, SubprocessSpec.exec(KillOnExitIT.command(tag, count, grace, "wait")));
				System.out.println(inner);
				System.in.read();
			}
			case "more" -> {
				while (System.in.read() != -1) {
					start(loop, SubprocessSpec.exec("sh", "-c", script));
					ready();
				}
			}
			default -> System.in.read();
		}
	}

	private static long start(EventLoop loop, SubprocessSpec spec) {
		Subprocess child = loop.subprocess(spec.pipes()).join();
		String line = "";
		while (!line.startsWith("ready")) {
			line = new String(child.requireStdout().readLine().join(), StandardCharsets.US_ASCII);
		}
		return child.pid();
	}

	private static void ready() {
		TreeContainment.guardian().ifPresent((guardian) -> System.out.println("guardian " + guardian.pid()));
		System.out.println("ready");
	}

	private static void fillMemory() {
		List<byte[]> memory = new ArrayList<>();
		while (true) {
			memory.add(new byte[1 << 20]);
		}
	}

}
