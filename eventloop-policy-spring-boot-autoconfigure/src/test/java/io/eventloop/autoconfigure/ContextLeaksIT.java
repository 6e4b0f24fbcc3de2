package io.eventloop.autoconfigure;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.eventloop.EventLoop;
import io.eventloop.SubprocessSpec;
import io.eventloop.testsupport.Proc;
import io.eventloop.testsupport.RequireIoUring;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is left when application contexts have closed.
 */
@Timeout(120)
class ContextLeaksIT {

	@ParameterizedTest
	@ValueSource(strings = { "threaded", "pidfd", "io-uring", "multi-loop", "safe", "fast" })
	@DisplayName("N39 contexts that have run children leave no thread and no descriptor")
	void contextsLeaveNothing(String watcher) {
		RequireIoUring.forWatcher(watcher);
		// What the JVM and libraries load once
		startAndClose(watcher);
		await().untilAsserted(() -> assertThat(MainLoopThreads.alive()).isEmpty());
		Set<Thread> threadsBefore = threads();
		Set<String> descriptorsBefore = descriptors();
		startAndClose(watcher);
		startAndClose(watcher);
		await().untilAsserted(() -> assertThat(threadsBefore).containsAll(threads()));
		await().untilAsserted(() -> assertThat(descriptors()).isSubsetOf(descriptorsBefore));
	}

	private static void startAndClose(String watcher) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.run("--eventloop.watcher=" + watcher)) {
			EventLoop loop = context.getBean(EventLoop.class);
			assertThat(
					loop.subprocess(SubprocessSpec.exec("true").pipes()).thenCompose((child) -> child.onExit()).join())
				.isZero();
			loop.subprocess(SubprocessSpec.exec("sleep", "600").pipes()).join();
		}
	}

	private static Set<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !thread.getName().startsWith("awaitility"))
			.collect(Collectors.toSet());
	}

	/**
	 * By number and what they are, less those of files, which class loading opens.
	 */
	private static Set<String> descriptors() {
		return Proc.descriptors()
			.entrySet()
			.stream()
			.filter((descriptor) -> !descriptor.getValue().startsWith("/"))
			.map(Object::toString)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(EventLoopAutoConfiguration.class)
	static class Application {

	}

}
