package io.eventloop.autoconfigure;

import io.eventloop.EventLoop;
import io.eventloop.loop.SelectorEventLoop;
import io.eventloop.posix.Subreaper;
import io.eventloop.watcher.OrphanReaper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code eventloop.reap-orphans} does to an application and to its process.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class OrphanReaperConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EventLoopAutoConfiguration.class));

	private final ApplicationContextRunner subreaper = this.contextRunner
		.withPropertyValues("eventloop.reap-orphans=subreaper");

	@Test
	void withoutThePropertyNothingIsReaped() {
		this.contextRunner.run((context) -> {
			assertThat(context.getBean(OrphanReaper.class).mode()).isEqualTo("off");
			assertThat(Subreaper.isSet()).isFalse();
		});
	}

	@Test
	void pid1DoesNothingElsewhere() {
		this.contextRunner.withPropertyValues("eventloop.reap-orphans=pid1").run((context) -> {
			assertThat(context.getBean(OrphanReaper.class).mode()).isEqualTo("pid1");
			assertThat(context.getBean(OrphanReaper.class).isActive()).isFalse();
		});
	}

	@Test
	@DisplayName("N43 the process is a subreaper until the last context that asked for it closes")
	void subreaperUntilTheLastContextCloses() throws Exception {
		this.subreaper.run((context) -> {
			assertThat(context.getBean(OrphanReaper.class).isActive()).isTrue();
			this.subreaper.run((other) -> assertThat(other).hasNotFailed());
			this.contextRunner.run((other) -> assertThat(other).hasNotFailed());
			assertThat(Subreaper.isSet()).isTrue();
		});
		assertThat(Subreaper.isSet()).isFalse();
	}

	@Test
	@DisplayName("N41 a context that fails to start leaves the process as it was")
	void failedRefreshLeavesTheProcessAsItWas() throws Exception {
		this.subreaper.withInitializer((context) -> context.addApplicationListener((event) -> {
			throw new IllegalStateException("refused by the test");
		})).run((context) -> assertThat(context).hasFailed());
		assertThat(Subreaper.isSet()).isFalse();
	}

	@Test
	@DisplayName("N44 a child context uses its parent's")
	void childContextUsesItsParents() {
		this.subreaper.run((parent) -> this.subreaper.withParent(parent)
			.run((child) -> assertThat(child.getBean(OrphanReaper.class))
				.isSameAs(parent.getBean(OrphanReaper.class))));
	}

	@Test
	@DisplayName("N52 lazy initialization does not keep orphans from being reaped")
	void lazyInitialization() {
		this.subreaper
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(Subreaper.isSet()).isTrue());
	}

	@Test
	void withoutAMainLoopNothingIsReapedAndAWarningSaysSo(CapturedOutput output) {
		this.subreaper.withUserConfiguration(TwoLoops.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(OrphanReaper.class).mode()).isEqualTo("off");
			assertThat(Subreaper.isSet()).isFalse();
			assertThat(output).contains("Property 'eventloop.reap-orphans' is ignored");
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class TwoLoops {

		@Bean
		EventLoop one() {
			return new SelectorEventLoop();
		}

		@Bean
		EventLoop other() {
			return new SelectorEventLoop();
		}

	}

}
