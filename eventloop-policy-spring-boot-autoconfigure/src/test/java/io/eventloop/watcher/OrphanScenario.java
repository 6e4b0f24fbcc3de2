package io.eventloop.watcher;

import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.eventloop.EventLoop;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.autoconfigure.EventLoopAutoConfiguration;
import io.eventloop.testsupport.Proc;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.awaitility.Awaitility.await;

/**
 * Run in a JVM of its own, perhaps as process 1: an application that starts processes in
 * every way there is, some of which leave orphans behind, and says what became of them.
 */
final class OrphanScenario {

	static final int JDK_CHILDREN = 500;

	static final int OWN_CHILDREN = 100;

	static final int ORPHANS = 50;

	private OrphanScenario() {
	}

	public static void main(String[] arguments) throws Exception {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.run(arguments)) {
			OrphanReaper reaper = context.getBean(OrphanReaper.class);
			System.out.println("pid " + ProcessHandle.current().pid());
			System.out.println("active " + reaper.isActive());
			System.out.println("wrong exits " + wrongExits(context.getBean(EventLoop.class)));
			if (reaper.isActive()) {
				await().atMost(Duration.ofSeconds(30)).until(() -> zombies() == 0 && reaper.reaped() == ORPHANS);
				System.out.println("foreign " + foreign());
				// It is counted once it was reaped
				await().until(() -> reaper.reaped() == ORPHANS + 1);
			}
			else {
				await().atMost(Duration.ofSeconds(30)).until(() -> zombies() == ORPHANS);
				await().during(Duration.ofSeconds(4)).until(() -> zombies() == ORPHANS);
			}
			System.out.println("zombies " + zombies());
			System.out.println("reaped " + reaper.reaped());
		}
	}

	/**
	 * Run children of the JDK and of the loop, while others become orphans and end.
	 */
	private static long wrongExits(EventLoop loop) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(8);
		List<Future<Boolean>> right = new ArrayList<>();
		for (int i = 0; i < JDK_CHILDREN; i++) {
			int code = 1 + i % 200;
			if (i % (JDK_CHILDREN / ORPHANS) == 0) {
				right.add(threads.submit(() -> jdkChild("(sleep 0.2 &)") == 0));
			}
			right.add(threads.submit(() -> jdkChild("exit " + code) == code));
			if (i < OWN_CHILDREN) {
				right.add(loop.subprocess(SubprocessSpec.shell("exit " + code))
					.thenCompose(Subprocess::onExit)
					.thenApply((exit) -> exit == code));
			}
		}
		long wrong = 0;
		for (Future<Boolean> one : right) {
			wrong += one.get() ? 0 : 1;
		}
		threads.shutdown();
		return wrong;
	}

	private static int jdkChild(String script) throws Exception {
		return new ProcessBuilder("sh", "-c", script).redirectOutput(Redirect.DISCARD)
			.redirectError(Redirect.DISCARD)
			.start()
			.waitFor();
	}

	/**
	 * How many milliseconds a zombie of another library is left to it, and whether it is
	 * taken then.
	 */
	private static String foreign() {
		ForeignSpawn child = ForeignSpawn.ended(3);
		long dead = System.nanoTime();
		WatcherLeftovers.await(() -> child.state() == Proc.GONE);
		return Duration.ofNanos(System.nanoTime() - dead).toMillis() + ((child.waitFor() == -1) ? " taken" : " left");
	}

	private static long zombies() {
		return ProcessHandle.current().children().filter((child) -> Proc.state(child.pid()) == Proc.ZOMBIE).count();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(EventLoopAutoConfiguration.class)
	static class Application {

	}

}
