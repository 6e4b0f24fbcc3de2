package io.eventloop.autoconfigure;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.UnsupportedPlatformException;
import io.eventloop.netty.NettyEventLoop;
import io.eventloop.netty.NettyEventLoopPolicy;
import io.eventloop.netty.NettyTransport;
import io.eventloop.policy.SelectorEventLoopPolicy;
import io.eventloop.selector.SelectorChoice;
import io.eventloop.watcher.ThreadedChildWatcher;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * An application with {@code eventloop.policy=netty}, without a server.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class NettyConfigurationIT {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EventLoopAutoConfiguration.class, NettyLoopsAutoConfiguration.class))
		.withPropertyValues("eventloop.policy=netty");

	@ParameterizedTest
	@EnumSource
	@DisplayName("The main loop waits with the transport that is configured, and runs children")
	void mainLoopUsesTheTransport(NettyTransport transport) {
		this.contextRunner.withPropertyValues("eventloop.netty.transport=" + transport).run((context) -> {
			assertThat(context.getBean(EventLoop.class)).isInstanceOfSatisfying(NettyEventLoop.class, (loop) -> {
				assertThat(loop.transport()).isEqualTo(transport);
				assertThat(loop.isHosted()).isFalse();
				assertThat(loop.isRunning()).isTrue();
				Subprocess child = loop.subprocess(SubprocessSpec.shell("exit 3")).join();
				assertThat(child.onExit().join()).isEqualTo(3);
			});
		});
	}

	@Test
	@DisplayName("The policy has its own watcher, and takes no other")
	void ownWatcher(CapturedOutput output) {
		this.contextRunner.withBean(ThreadedChildWatcher.class, ThreadedChildWatcher::new).run((context) -> {
			EventLoopPolicy policy = context.getBean(EventLoopPolicy.class);
			assertThat(policy).isInstanceOf(NettyEventLoopPolicy.class);
			ThreadedChildWatcher other = context.getBean(ThreadedChildWatcher.class);
			assertThat(policy.getChildWatcher()).isNotSameAs(other);
			assertThatThrownBy(() -> policy.setChildWatcher(other)).isInstanceOf(UnsupportedOperationException.class)
				.hasMessageContaining("leave its own watcher");
			policy.setChildWatcher(policy.getChildWatcher());
			assertThat(output).contains("Child watcher 'threaded' is not used");
		});
	}

	@ParameterizedTest
	@CsvSource({ "eventloop.watcher=pidfd,child watcher", "eventloop.selector=poll,selector" })
	@DisplayName("N15 a watcher or a selector that is set all the same is hinted at")
	void watcherAndSelectorAreIgnored(String property, String what, CapturedOutput output) {
		this.contextRunner.withPropertyValues(property).run((context) -> {
			assertThat(context).doesNotHaveBean(ChildWatcher.class).doesNotHaveBean(SelectorChoice.class);
			assertThat(output).contains("Property '%s' is ignored, because the event loops of this policy need no %s; "
				.formatted(property.split("=")[0], what));
		});
	}

	@Test
	@DisplayName("Without Netty the start fails, and says what to add")
	void failsWithoutNetty() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.netty"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(UnsupportedPlatformException.class, (failure) -> {
					assertThat(failure).hasMessageContaining("Netty 4.2 is not on the class path");
					assertThat(failure.action()).contains("io.netty:netty-transport");
				}));
	}

	@ParameterizedTest
	@ValueSource(strings = { "default", "selector" })
	@DisplayName("Netty on the class path changes nothing, and neither does its absence")
	void classPathAloneChangesNothing(String policy) {
		ApplicationContextRunner other = this.contextRunner.withPropertyValues("eventloop.policy=" + policy);
		other.run((context) -> assertThat(context).doesNotHaveBean(NettyEventLoopPolicy.class));
		other.withClassLoader(new FilteredClassLoader("io.netty")).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	@DisplayName("A policy bean of the application's takes the place of the property's")
	void ownPolicyBean() {
		this.contextRunner.withBean(SelectorEventLoopPolicy.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(NettyEventLoopPolicy.class));
	}

}
