package io.eventloop.autoconfigure;

import java.util.concurrent.TimeUnit;

import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.SubprocessSpec;
import io.eventloop.policy.SelectorEventLoopPolicy;
import io.eventloop.posix.PosixPlatform;
import io.eventloop.selector.SelectorChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What {@code eventloop.selector} does.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class SelectorPropertyTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(EventLoopAutoConfiguration.class, EventLoopEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=eventloop");

	@ParameterizedTest
	@CsvSource({ "epoll,default", "poll,default", "epoll,selector", "poll,selector" })
	void thePropertyChoosesTheSelectorAndChildrenRun(String selector, String policy) {
		this.contextRunner.withPropertyValues("eventloop.selector=" + selector, "eventloop.policy=" + policy)
			.run((context) -> {
				assertThat(shown(context.getBean(EventLoopEndpoint.class)))
					.isEqualTo(new EventLoopEndpoint.SelectorDescriptor(selector,
							"It is configured by eventloop.selector; the C library is called through "
									+ PosixPlatform.nativeAccess()));
				assertThat(context.getBean(EventLoopPolicy.class) instanceof SelectorEventLoopPolicy)
					.isEqualTo(policy.equals("selector"));
				assertThat(context.getBean(EventLoop.class)
					.subprocess(SubprocessSpec.shell("exit 3"))
					.thenCompose((child) -> child.onExit())
					.get(20, TimeUnit.SECONDS)).isEqualTo(3);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "default", "selector" })
	void withNioTheLoopRunsAndChildrenAreRefusedWithWhatToSet(String policy) {
		this.contextRunner.withPropertyValues("eventloop.selector=nio", "eventloop.policy=" + policy).run((context) -> {
			assertThat(shown(context.getBean(EventLoopEndpoint.class)).name()).isEqualTo("nio");
			EventLoop loop = context.getBean(EventLoop.class);
			assertThat(loop.runInExecutor(null, () -> "ran").get(20, TimeUnit.SECONDS)).isEqualTo("ran");
			assertThatExceptionOfType(UnsupportedOperationException.class)
				.isThrownBy(() -> loop.subprocess(SubprocessSpec.exec("true")))
				.withMessageContaining("set eventloop.selector=auto, epoll or poll");
		});
	}

	@Test
	void autoIsTheDefaultAndSaysWhatItChoseAndWhyInOneLine(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			SelectorChoice choice = context.getBean(SelectorChoice.class);
			assertThat(choice.name()).isEqualTo("epoll");
			assertThat(shown(context.getBean(EventLoopEndpoint.class)))
				.isEqualTo(new EventLoopEndpoint.SelectorDescriptor("epoll", choice.reason()));
			assertThat(output).containsOnlyOnce("wait on selector 'epoll'. Chose the epoll selector because");
		});
	}

	@Test
	void aPolicyOfTheApplicationHasItsOwnAndThePropertyIsIgnored(CapturedOutput output) {
		this.contextRunner.withBean(OwnPolicy.class).withPropertyValues("eventloop.selector=poll").run((context) -> {
			assertThat(context).doesNotHaveBean(SelectorChoice.class);
			assertThat(context.getBean(EventLoopEndpoint.class).eventLoops().selector()).isNull();
			assertThat(output).contains("Property 'eventloop.selector' is ignored").doesNotContain("wait on selector");
		});
	}

	private static EventLoopEndpoint.SelectorDescriptor shown(EventLoopEndpoint endpoint) {
		EventLoopEndpoint.SelectorDescriptor shown = endpoint.eventLoops().selector();
		assertThat(shown).isNotNull();
		return shown;
	}

}
