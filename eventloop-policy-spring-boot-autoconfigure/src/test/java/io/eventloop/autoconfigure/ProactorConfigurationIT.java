package io.eventloop.autoconfigure;

import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.Signal;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.loop.ProactorEventLoop;
import io.eventloop.loop.SelectorEventLoop;
import io.eventloop.metrics.ChildCounts;
import io.eventloop.metrics.ChildOutcome;
import io.eventloop.metrics.EventLoopMetrics;
import io.eventloop.policy.ProactorEventLoopPolicy;
import io.eventloop.selector.SelectorChoice;
import io.eventloop.watcher.PidfdChildWatcher;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An application with {@code eventloop.policy=proactor}.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ProactorConfigurationIT {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EventLoopAutoConfiguration.class,
				EventLoopMetricsAutoConfiguration.class, EventLoopEndpointAutoConfiguration.class))
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withPropertyValues("eventloop.policy=proactor", "management.endpoints.web.exposure.include=*",
				"management.endpoints.jmx.exposure.include=*");

	@Test
	@DisplayName("S17 S238 the loops are proactor loops, and there is no child watcher")
	void noChildWatcher(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(ProactorEventLoopPolicy.class).doesNotHaveBean(ChildWatcher.class);
			assertThat(context.getBean(EventLoop.class)).isInstanceOf(ProactorEventLoop.class)
				.satisfies((loop) -> assertThat(loop.isRunning()).isTrue());
			assertThat(output).contains("with child watcher 'none'. The policy has none").doesNotContain("is ignored");
		});
	}

	@ParameterizedTest
	@CsvSource({ "eventloop.watcher=pidfd,child watcher", "eventloop.selector=poll,selector" })
	@DisplayName("N15 a watcher or a selector that is set all the same is hinted at")
	void watcherAndSelectorAreIgnored(String property, String what, CapturedOutput output) {
		this.contextRunner.withPropertyValues(property).run((context) -> {
			assertThat(context).doesNotHaveBean(ChildWatcher.class).doesNotHaveBean(SelectorChoice.class);
			assertThat(output).contains("Property '%s' is ignored, because the event loops of this policy need no %s; "
				.formatted(property.split("=")[0], what) + "remove it, or choose eventloop.policy=selector");
		});
	}

	@Test
	@DisplayName("N15 a policy of the application's gets the watcher, whatever the property says")
	void ownPolicyGetsTheWatcher(CapturedOutput output) {
		this.contextRunner.withPropertyValues("eventloop.watcher=pidfd").withBean(OwnPolicy.class).run((context) -> {
			assertThat(context.getBean(ChildWatcher.class)).isInstanceOf(PidfdChildWatcher.class)
				.isSameAs(context.getBean(EventLoopPolicy.class).getChildWatcher());
			assertThat(context.getBean(EventLoop.class)).isInstanceOf(SelectorEventLoop.class);
			assertThat(output).contains("Property 'eventloop.policy' is ignored")
				.doesNotContain("'eventloop.watcher' is ignored");
		});
	}

	@Test
	@DisplayName("The meters and the endpoint show the children by outcome, with the watcher 'none'")
	void childrenAreCounted() {
		this.contextRunner.run((context) -> {
			assertThat(spawn(context, SubprocessSpec.exec("true")).onExit().join()).isZero();
			assertThat(spawn(context, SubprocessSpec.shell("exit 3")).onExit().join()).isEqualTo(3);
			Subprocess running = spawn(context, SubprocessSpec.exec("sleep", "60"));
			ChildCounts children = context.getBean(ChildCounts.class);
			assertThat(children.spawned()).isEqualTo(3);
			assertThat(children.active()).isEqualTo(1);
			assertThat(children.reaped(ChildOutcome.FAILED)).isEqualTo(1);
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			context.getBean(EventLoopMetrics.class).bindTo(meters);
			assertThat(meters.get("eventloop.children.reaped")
				.tags("watcher", "none", "outcome", "exited")
				.functionCounter()
				.count()).isEqualTo(1);
			EventLoopEndpoint.EventLoopsDescriptor shown = context.getBean(EventLoopEndpoint.class).eventLoops();
			assertThat(shown.watcher()).isNull();
			assertThat(shown.children().spawned()).isEqualTo(3);
			assertThat(shown.children().reaped()).containsEntry("exited", 1L).containsEntry("failed", 1L);
			running.kill();
			assertThat(running.onExit().join()).isEqualTo(128 + Signal.SIGKILL.number());
		});
	}

	@Test
	@DisplayName("The shutdown asks the children to end, and kills those that do not")
	void shutdownEndsTheChildren(CapturedOutput output) {
		Subprocess[] children = new Subprocess[2];
		this.contextRunner.withPropertyValues("eventloop.shutdown.grace-period=1s").run((context) -> {
			children[0] = spawn(context, SubprocessSpec.exec("sleep", "600"));
			children[1] = spawn(context, SubprocessSpec.shell("trap '' TERM; echo ready; while :; do sleep 0.1; done")
				.stdout(Redirect.PIPE));
			assertThat(children[1].stdout().readLine().join()).asString().isEqualTo("ready\n");
		});
		assertThat(children[0].returnCode()).hasValue(128 + 15);
		assertThat(children[1].returnCode()).hasValue(128 + 9);
		assertThat(output)
			.contains("Killed 1 of 2 child processes, which did not end when they were asked to: /bin/sh (process "
					+ children[1].pid());
	}

	@Test
	@DisplayName("Reaping orphans leaves the exit values of its children alone")
	void orphanReaperLeavesTheChildrenAlone() {
		this.contextRunner.withPropertyValues("eventloop.reap-orphans=subreaper").run((context) -> {
			Subprocess child = spawn(context, SubprocessSpec.shell("sleep 3.5; exit 7"));
			await().atMost(Duration.ofSeconds(20)).until(child.onExit()::isDone);
			assertThat(child.onExit().join()).isEqualTo(7);
		});
	}

	private static Subprocess spawn(ApplicationContext context, SubprocessSpec spec) {
		return context.getBean(EventLoop.class).subprocess(spec).join();
	}

}
