package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.EventLoops;
import io.eventloop.policy.ContextStrategy;
import io.eventloop.policy.DefaultEventLoopPolicy;
import io.eventloop.policy.SelectorEventLoopPolicy;
import io.eventloop.watcher.PidfdChildWatcher;
import io.eventloop.watcher.ThreadedChildWatcher;
import io.eventloop.watcher.WatcherChoice;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MDC;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport.ConditionAndOutcomes;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Which beans there are, and whose.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class EventLoopAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EventLoopAutoConfiguration.class));

	@Test
	@DisplayName("N1 without any configuration there are a policy, a watcher and a running loop")
	void withoutConfigurationThereArePolicyWatcherAndRunningLoop() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(EventLoopPolicy.class)
				.hasSingleBean(ChildWatcher.class)
				.hasSingleBean(EventLoop.class);
			assertThat(context.getBean(EventLoopPolicy.class)).isExactlyInstanceOf(DefaultEventLoopPolicy.class)
				.isSameAs(EventLoops.getEventLoopPolicy());
			assertThat(context.getBean(ChildWatcher.class)).isInstanceOf(ThreadedChildWatcher.class)
				.isSameAs(EventLoops.getChildWatcher());
			assertThat(context.getBean(EventLoop.class).isRunning()).isTrue();
		});
	}

	@Test
	void thePropertyChoosesThePolicy() {
		this.contextRunner.withPropertyValues("eventloop.policy=selector")
			.run((context) -> assertThat(context).hasSingleBean(SelectorEventLoopPolicy.class));
		this.contextRunner.withPropertyValues("eventloop.policy=default")
			.run((context) -> assertThat(context.getBean(EventLoopPolicy.class))
				.isExactlyInstanceOf(DefaultEventLoopPolicy.class));
	}

	@Test
	void thePropertyChoosesTheWatcher() {
		this.contextRunner.withPropertyValues("eventloop.watcher=pidfd")
			.run((context) -> assertThat(context.getBean(ChildWatcher.class)).isInstanceOf(PidfdChildWatcher.class));
	}

	@Test
	void autoChoosesAWatcherAndSaysWhy(CapturedOutput output) {
		this.contextRunner.withPropertyValues("eventloop.watcher=auto").run((context) -> {
			WatcherChoice choice = context.getBean(WatcherChoice.class);
			assertThat(context.getBean(ChildWatcher.class)).isSameAs(choice.watcher());
			assertThat(output).contains(choice.reason());
		});
	}

	@Test
	void theNotionOfContextIsABean() {
		this.contextRunner.withBean(ContextStrategy.class, ContextStrategy::perProcess).run((context) -> {
			EventLoopPolicy policy = context.getBean(EventLoopPolicy.class);
			assertThat(policy.getEventLoop()).isSameAs(context.getBean(EventLoop.class));
		});
	}

	@Test
	void debugIsSetOnTheMainLoop() {
		this.contextRunner.withPropertyValues("eventloop.debug=true")
			.run((context) -> assertThat(context.getBean(EventLoop.class).isDebug()).isTrue());
	}

	@ParameterizedTest
	@CsvSource({ "thread,false,false", "inheritable,false,true", "process,true,true" })
	void thePropertyChoosesTheNotionOfContext(String value, boolean everywhere, boolean inThreadsOfTheLoop) {
		this.contextRunner.withPropertyValues("eventloop.context=" + value).run((context) -> {
			EventLoop loop = context.getBean(EventLoop.class);
			EventLoopPolicy policy = context.getBean(EventLoopPolicy.class);
			assertThat(hasLoop(policy, loop, Thread::new)).isEqualTo(everywhere);
			assertThat(hasLoop(policy, loop,
					(work) -> loop.createTask(() -> CompletableFuture.completedFuture(new Thread(work))).join()))
				.isEqualTo(inThreadsOfTheLoop);
		});
	}

	private static boolean hasLoop(EventLoopPolicy policy, EventLoop loop, ThreadFactory threads)
			throws InterruptedException {
		AtomicBoolean found = new AtomicBoolean();
		Thread thread = threads.newThread(() -> {
			try {
				found.set(policy.getEventLoop() == loop);
			}
			catch (IllegalStateException ex) {
				// No loop in this thread
			}
		});
		thread.start();
		thread.join();
		return found.get();
	}

	@Test
	@DisplayName("N15 a property for the context that a bean replaces is hinted at")
	void contextOfTheApplicationIsHintedAt(CapturedOutput output) {
		this.contextRunner.withPropertyValues("eventloop.context=process")
			.withBean(ContextStrategy.class, ContextStrategy::perThread)
			.run((context) -> assertThat(output).contains(
					"Property 'eventloop.context' is ignored, because the application defines a bean of type ContextStrategy"));
		this.contextRunner.withPropertyValues("eventloop.context=process")
			.withBean(OwnPolicy.class)
			.run((context) -> assertThat(output).contains(
					"Property 'eventloop.context' is ignored, because the application defines a bean of type EventLoopPolicy"));
	}

	@Test
	@DisplayName("S103 the property sets from when on a callback is slow")
	void slowCallbackDurationIsSetOnTheMainLoop() {
		this.contextRunner.withPropertyValues("eventloop.slow-callback-duration=7ms")
			.run((context) -> assertThat(context.getBean(EventLoop.class).getSlowCallbackDuration())
				.isEqualTo(Duration.ofMillis(7)));
		this.contextRunner.withPropertyValues("eventloop.slow-callback-duration=-7ms")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("eventloop.slow-callback-duration"));
	}

	@Test
	@DisplayName("S50 callbacks of the main loop carry the MDC, unless the property says no")
	void contextPropagation() {
		MDC.put("order", "4711");
		try {
			this.contextRunner
				.run((context) -> assertThat(orderOn(context.getBean(EventLoop.class))).isEqualTo("4711"));
			this.contextRunner.withPropertyValues("eventloop.context-propagation=false")
				.run((context) -> assertThat(orderOn(context.getBean(EventLoop.class))).isNull());
		}
		finally {
			MDC.clear();
		}
	}

	private static String orderOn(EventLoop loop) {
		return loop.createTask(() -> CompletableFuture.completedFuture(MDC.get("order"))).join();
	}

	@Test
	@DisplayName("N15 a user's policy makes ours back off, and properties that then mean nothing are hinted at")
	void policyOfTheApplicationMakesOursBackOff(CapturedOutput output) {
		this.contextRunner.withPropertyValues("eventloop.policy=selector").withBean(OwnPolicy.class).run((context) -> {
			assertThat(context).hasSingleBean(EventLoopPolicy.class).hasSingleBean(ChildWatcher.class);
			assertThat(EventLoops.getEventLoopPolicy()).isSameAs(context.getBean(OwnPolicy.class));
			assertThat(context.getBean(OwnPolicy.class).getChildWatcher())
				.isSameAs(context.getBean(ChildWatcher.class));
			assertThat(context.getBean(EventLoop.class).isRunning()).isTrue();
			assertThat(output).contains("Property 'eventloop.policy' is ignored");
		});
	}

	@Test
	@DisplayName("N15 without such properties there is no hint")
	void noHintWithoutProperty(CapturedOutput output) {
		this.contextRunner.withBean(OwnPolicy.class).run((context) -> assertThat(output).doesNotContain("is ignored"));
	}

	@Test
	void policyThatRefusesTheWatcherIsUsedAllTheSame(CapturedOutput output) {
		EventLoopPolicy refusing = new OwnPolicy() {

			@Override
			public void setChildWatcher(ChildWatcher watcher) {
				throw new UnsupportedOperationException("no");
			}

		};
		this.contextRunner.withBean(EventLoopPolicy.class, () -> refusing).run((context) -> {
			assertThat(EventLoops.getEventLoopPolicy()).isSameAs(refusing);
			assertThat(output).contains("Child watcher 'threaded' is not used")
				.contains("does not allow its watcher to be set");
		});
	}

	@Test
	@DisplayName("N16 a user's watcher makes ours back off, and the policy stays ours")
	void watcherOfTheApplicationMakesOursBackOff(CapturedOutput output) {
		ChildWatcher watcher = mock(ChildWatcher.class);
		given(watcher.name()).willReturn("own");
		this.contextRunner.withPropertyValues("eventloop.watcher=pidfd")
			.withBean(ChildWatcher.class, () -> watcher)
			.run((context) -> {
				assertThat(context).hasSingleBean(ChildWatcher.class)
					.doesNotHaveBean(WatcherChoice.class)
					.hasSingleBean(DefaultEventLoopPolicy.class);
				assertThat(EventLoops.getChildWatcher()).isSameAs(watcher);
				assertThat(output).contains("Property 'eventloop.watcher' is ignored")
					.contains("child watcher 'own'. The application defines it");
			});
	}

	@Test
	void loopOfTheApplicationIsTheMainLoop() {
		this.contextRunner.withBean("ownLoop", EventLoop.class, () -> new DefaultEventLoopPolicy().newEventLoop())
			.run((context) -> {
				assertThat(context).hasSingleBean(EventLoop.class).doesNotHaveBean("eventLoop");
				assertThat(context.getBean(EventLoop.class).isRunning()).isTrue();
			});
	}

	@Test
	@DisplayName("N17 of two policies the primary one is installed")
	void primaryPolicyIsInstalled() {
		this.contextRunner.withUserConfiguration(PrimaryPolicyConfiguration.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(EventLoops.getEventLoopPolicy()).isSameAs(context.getBean("primaryPolicy"));
			assertThat(context.getBean(EventLoop.class).isRunning()).isTrue();
		});
	}

	@Test
	@DisplayName("N17 of two policies without a primary one neither is installed, and the report says why")
	void ambiguousPoliciesAreLeftToTheApplication() {
		EventLoopPolicy before = EventLoops.getEventLoopPolicy();
		this.contextRunner.withBean("one", OwnPolicy.class).withBean("two", OwnPolicy.class).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(EventLoop.class);
			assertThat(EventLoops.getEventLoopPolicy()).isSameAs(before);
			assertThat(messages(context, MainEventLoopConfiguration.class)).contains("one", "two");
		});
	}

	@Test
	@DisplayName("N18 a policy from an auto-configuration before ours wins")
	void policyOfAnEarlierAutoConfigurationWins() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(EarlierAutoConfiguration.class)).run((context) -> {
			assertThat(context).hasSingleBean(EventLoopPolicy.class);
			assertThat(EventLoops.getEventLoopPolicy()).isSameAs(context.getBean("earlierPolicy"));
		});
	}

	@Test
	@DisplayName("N20 eventloop.enabled=false switches everything off")
	void enabledFalseSwitchesEverythingOff() {
		EventLoopPolicy before = EventLoops.getEventLoopPolicy();
		this.contextRunner.withPropertyValues("eventloop.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean(EventLoopPolicy.class)
				.doesNotHaveBean(ChildWatcher.class)
				.doesNotHaveBean(EventLoop.class);
			assertThat(EventLoops.getEventLoopPolicy()).isSameAs(before);
		});
	}

	@Test
	@DisplayName("N36 works in a servlet application")
	void worksInServletApplication() {
		new WebApplicationContextRunner().withConfiguration(AutoConfigurations.of(EventLoopAutoConfiguration.class))
			.run(mainLoopRuns()::accept);
	}

	@Test
	@DisplayName("N36 works in a reactive application")
	void worksInReactiveApplication() {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(EventLoopAutoConfiguration.class))
			.run(mainLoopRuns()::accept);
	}

	@Test
	@DisplayName("N36 works in an application that is not for the web")
	void worksInPlainApplication() {
		this.contextRunner.run(mainLoopRuns()::accept);
	}

	@Test
	@DisplayName("N37 Boot's applicationTaskExecutor is still there")
	void applicationTaskExecutorIsStillThere() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
			.run((context) -> assertThat(context).hasBean("applicationTaskExecutor"));
	}

	@Test
	@DisplayName("N57 the conditions report tells why the policy and the watcher were chosen")
	void conditionsReportTellsWhy() {
		this.contextRunner.withPropertyValues("eventloop.policy=selector").run((context) -> {
			assertThat(messages(context, EventLoopPolicyConfiguration.class)).contains("eventloop.policy=selector");
			assertThat(messages(context, ChildWatcherConfiguration.class)).contains("eventloop.watcher is not set");
		});
		this.contextRunner.withBean(OwnPolicy.class)
			.run((context) -> assertThat(messages(context, EventLoopPolicyConfiguration.class))
				.contains("found beans of type 'io.eventloop.EventLoopPolicy'")
				.contains("ownPolicy"));
	}

	@Test
	@DisplayName("N59 the main loop's thread has a telling name and is a daemon")
	void threadHasATellingNameAndIsADaemon() {
		this.contextRunner.run((context) -> assertThat(Thread.getAllStackTraces().keySet())
			.filteredOn((thread) -> thread.getName().equals("eventloop-main-0"))
			.singleElement()
			.satisfies((thread) -> assertThat(thread.isDaemon()).isTrue()));
	}

	private static ContextConsumer<ApplicationContext> mainLoopRuns() {
		return (context) -> assertThat(context.getBean(EventLoop.class).isRunning()).isTrue();
	}

	private static String messages(AssertableApplicationContext context, Class<?> source) {
		StringBuilder messages = new StringBuilder();
		ConditionEvaluationReport.get(context.getBeanFactory())
			.getConditionAndOutcomesBySource()
			.forEach((name, outcomes) -> {
				if (name.startsWith(source.getName())) {
					append(messages, outcomes);
				}
			});
		return messages.toString();
	}

	private static void append(StringBuilder messages, ConditionAndOutcomes outcomes) {
		outcomes.forEach((outcome) -> messages.append(outcome.getOutcome().getMessage()).append('\n'));
	}

	@Configuration(proxyBeanMethods = false)
	static class PrimaryPolicyConfiguration {

		@Bean
		@Primary
		EventLoopPolicy primaryPolicy() {
			return new OwnPolicy();
		}

		@Bean
		EventLoopPolicy otherPolicy() {
			return new OwnPolicy();
		}

	}

	@AutoConfiguration(before = EventLoopAutoConfiguration.class)
	static class EarlierAutoConfiguration {

		@Bean
		EventLoopPolicy earlierPolicy() {
			return new OwnPolicy();
		}

	}

}
