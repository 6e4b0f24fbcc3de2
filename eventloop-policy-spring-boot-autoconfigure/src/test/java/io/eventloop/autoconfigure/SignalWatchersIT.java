package io.eventloop.autoconfigure;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.EventLoops;
import io.eventloop.LoopFuture;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.loop.SelectorEventLoop;
import io.eventloop.policy.DefaultEventLoopPolicy;
import io.eventloop.posix.ChildJvm;
import io.eventloop.watcher.FastChildWatcher;
import io.eventloop.watcher.SafeChildWatcher;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications whose watcher needs SIGCHLD, or a running main loop.
 */
@Timeout(120)
class SignalWatchersIT {

	@ParameterizedTest
	@ValueSource(strings = { "multi-loop", "safe", "fast" })
	@DisplayName("S29 S163 the watcher is active as soon as other beans start, and until they have stopped")
	void watcherIsActiveWhileOtherBeansRun(String name) {
		EarlyBird bird;
		try (ConfigurableApplicationContext context = start(name)) {
			ChildWatcher watcher = context.getBean(ChildWatcher.class);
			assertThat(watcher.name()).isEqualTo(name);
			assertThat(watcher).isSameAs(EventLoops.getChildWatcher());
			assertThat(watcher.isActive()).isTrue();
			bird = context.getBean(EarlyBird.class);
			assertThat(bird.atStart).isEqualTo(3);
		}
		assertThat(bird.atStop).isEqualTo(4);
	}

	@ParameterizedTest
	@ValueSource(strings = { "multi-loop", "safe", "fast" })
	@DisplayName("S160 S179 children of the main loop and of one in another thread are all reported")
	void childrenOfTwoLoops(String name) throws Exception {
		try (ConfigurableApplicationContext context = start(name); EventLoop second = new SelectorEventLoop()) {
			Thread thread = new Thread(second::runForever, "second-loop");
			thread.start();
			List<LoopFuture<Subprocess>> children = IntStream.range(0, 60)
				.mapToObj((i) -> ((i % 2 == 0) ? second : context.getBean(EventLoop.class))
					.subprocess(SubprocessSpec.shell("exit " + i)))
				.toList();
			for (int i = 0; i < children.size(); i++) {
				assertThat(children.get(i).join().onExit().join()).isEqualTo(i);
			}
			second.callSoonThreadsafe(second::stop);
			thread.join();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "safe", "fast" })
	@DisplayName("S29 S163 EventLoops.run in the main thread attaches the watcher; without, a child is refused unspawned")
	void withoutSpring(String name) throws Exception {
		EventLoopPolicy before = EventLoops.getEventLoopPolicy();
		DefaultEventLoopPolicy policy = new DefaultEventLoopPolicy(Thread.currentThread());
		EventLoops.setEventLoopPolicy(policy);
		try (ChildWatcher watcher = name.equals("safe") ? new SafeChildWatcher() : new FastChildWatcher()) {
			policy.setChildWatcher(watcher);
			assertThat(EventLoops.<Integer>run(
					(loop) -> EventLoops.createSubprocessShell("exit 5").thenCompose((child) -> child.onExit())))
				.isEqualTo(5);
			assertThat(watcher.isActive()).isFalse();
			CompletableFuture<Throwable> refused = new CompletableFuture<>();
			Thread elsewhere = new Thread(() -> EventLoops.run((loop) -> EventLoops.createSubprocessShell("exit 6")
				.handle((child, failure) -> refused.complete(failure))));
			elsewhere.start();
			assertThat(refused.join()).isInstanceOf(IllegalStateException.class)
				.hasMessageContaining("Child watcher '%s' is not active", name);
			elsewhere.join();
			assertThat(ProcessHandle.current().children()).isEmpty();
		}
		finally {
			EventLoops.setEventLoopPolicy(before);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "multi-loop", "safe", "fast" })
	@DisplayName("S173 under -Xrs the application does not start, and is told what to do")
	void reducedSignals(String name) throws Exception {
		ChildJvm jvm = ChildJvm.run(Main.class, "-Xrs", "-Deventloop.watcher=" + name);
		assertThat(jvm.exitCode()).isOne();
		assertThat(jvm.output()).contains("APPLICATION FAILED TO START")
			.contains("The %s child watcher requires SIGCHLD, which never arrives".formatted(name))
			.contains("Start the JVM without -Xrs");
	}

	@Test
	@DisplayName("two applications in one JVM share the signal, and close in any order")
	void twoApplicationsShareTheSignal() {
		ConfigurableApplicationContext first = start("multi-loop");
		ConfigurableApplicationContext second = start("safe");
		assertThat(run(first, 1)).isOne();
		assertThat(run(second, 2)).isEqualTo(2);
		first.close();
		assertThat(run(second, 3)).isEqualTo(3);
		second.close();
	}

	private static int run(ConfigurableApplicationContext context, int code) {
		return context.getBean(EventLoop.class)
			.subprocess(SubprocessSpec.shell("exit " + code))
			.thenCompose((child) -> child.onExit())
			.join();
	}

	private static ConfigurableApplicationContext start(String watcher) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run("--eventloop.watcher=" + watcher);
	}

	static final class Main {

		private Main() {
		}

		public static void main(String[] arguments) {
			new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE).run(arguments).close();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(EventLoopAutoConfiguration.class)
	static class Application {

		@Bean
		EarlyBird earlyBird(EventLoop loop) {
			return new EarlyBird(loop);
		}

	}

	/**
	 * Runs a child when it is started, and when it is stopped, in the usual phase.
	 */
	static final class EarlyBird implements SmartLifecycle {

		private final EventLoop loop;

		private int atStart;

		private int atStop;

		EarlyBird(EventLoop loop) {
			this.loop = loop;
		}

		@Override
		public void start() {
			this.atStart = exitOf("exit 3");
		}

		@Override
		public void stop() {
			this.atStop = exitOf("exit 4");
		}

		@Override
		public boolean isRunning() {
			return this.atStart != 0 && this.atStop == 0;
		}

		private int exitOf(String command) {
			return this.loop.subprocess(SubprocessSpec.shell(command)).thenCompose((child) -> child.onExit()).join();
		}

	}

}
