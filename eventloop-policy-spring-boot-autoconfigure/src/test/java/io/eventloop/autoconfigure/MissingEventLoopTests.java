package io.eventloop.autoconfigure;

import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.client.SubprocessClient;
import io.eventloop.policy.ContextStrategy;
import io.eventloop.policy.DefaultEventLoopPolicy;
import io.eventloop.selector.SelectorChoice;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * What an application is told that asks for what there is not.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class MissingEventLoopTests {

	@Test
	@DisplayName("N11 a loop that is missing because the auto-configuration is excluded is explained")
	void excludedAutoConfiguration(CapturedOutput output) {
		startAndFail(NeedsLoop.class, "--spring.autoconfigure.exclude=" + EventLoopAutoConfiguration.class.getName());
		assertThat(output).contains(
				"There is no bean of type 'EventLoop', as the auto-configuration that would have made it is excluded.")
			.contains("Remove the exclusion of " + EventLoopAutoConfiguration.class.getName());
	}

	@Test
	@DisplayName("N11 a policy that is missing because of eventloop.enabled=false is explained")
	void switchedOff(CapturedOutput output) {
		startAndFail(NeedsPolicy.class, "--eventloop.enabled=false");
		assertThat(output)
			.contains("There is no bean of type 'EventLoopPolicy', as the property 'eventloop.enabled' is false.")
			.contains("Remove 'eventloop.enabled', or define a bean of this type.");
	}

	@Test
	@DisplayName("N11 a loop that is missing because no policy is primary is explained")
	void severalPolicies(CapturedOutput output) {
		startAndFail(SeveralPolicies.class);
		assertThat(output).contains(
				"There is no bean of type 'EventLoop', as there are several EventLoopPolicy beans and none of them is primary.");
	}

	@Test
	@DisplayName("N11 a client that is missing because its auto-configuration is excluded is explained")
	void excludedClient(CapturedOutput output) {
		startAndFail(NeedsClient.class,
				"--spring.autoconfigure.exclude=" + SubprocessClientAutoConfiguration.class.getName());
		assertThat(output).contains(
				"There is no bean of type 'SubprocessClient', as the auto-configuration that would have made it is excluded.")
			.contains("Remove the exclusion of " + SubprocessClientAutoConfiguration.class.getName());
	}

	@Test
	@DisplayName("N11 a client that is missing with the loop is explained")
	void excludedClientAndLoop(CapturedOutput output) {
		startAndFail(NeedsClient.class, "--spring.autoconfigure.exclude=" + EventLoopAutoConfiguration.class.getName());
		assertThat(output).contains("There is no bean of type 'SubprocessClient'")
			.contains("Remove the exclusion of " + EventLoopAutoConfiguration.class.getName());
	}

	@Test
	@DisplayName("N11 a client that is missing because no loop is primary is explained")
	void severalLoops(CapturedOutput output) {
		startAndFail(SeveralLoops.class);
		assertThat(output).contains(
				"There is no bean of type 'SubprocessClient', as there are several EventLoop beans and none of them is primary.")
			.contains("Mark one of the EventLoop beans as @Primary.");
	}

	@Test
	void otherMissingBeansAreLeftToBoot(CapturedOutput output) {
		startAndFail(NeedsText.class, "--eventloop.enabled=false");
		assertThat(output).contains("required a bean of type 'java.lang.StringBuilder' that could not be found");
	}

	@Test
	@DisplayName("N65 another major version of Boot fails with a sentence and an action")
	void otherMajorVersionOfBoot() {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			assertThatException().isThrownBy(() -> new BootVersionCheck("3.5.9").initialize(context))
				.isInstanceOf(UnsupportedBootVersionException.class);
			assertThatNoException().isThrownBy(() -> new BootVersionCheck("4.0.7").initialize(context));
			assertThatNoException().isThrownBy(() -> new BootVersionCheck(null).initialize(context));
			assertThatNoException().isThrownBy(() -> new BootVersionCheck().initialize(context));
		}
		FailureAnalysis analysis = new UnsupportedBootVersionFailureAnalyzer()
			.analyze(new UnsupportedBootVersionException("3.5.9"));
		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription())
			.isEqualTo("The event loop starter needs Spring Boot 4, and this application runs Spring Boot 3.5.9.");
		assertThat(analysis.getAction()).startsWith("Update the application to Spring Boot 4");
	}

	@Test
	void policyThatWasNotProcessedAheadOfTimeIsRefused() {
		EventLoopProperties properties = new EventLoopProperties();
		properties.setPolicy(EventLoopProperties.Policy.SELECTOR);
		DefaultListableBeanFactory none = new DefaultListableBeanFactory();
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> new EventLoopPolicyConfiguration().eventLoopPolicy(properties,
					none.getBeanProvider(ContextStrategy.class), none.getBeanProvider(SelectorChoice.class), none))
			.withMessageContaining("eventloop.policy")
			.withMessageContaining("processed ahead of time with the policy 'proactor'");
	}

	private static void startAndFail(Class<?> application, String... arguments) {
		assertThatException()
			.isThrownBy(() -> new SpringApplicationBuilder(Application.class, application).web(WebApplicationType.NONE)
				.run(arguments)
				.close());
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class NeedsLoop {

		@Bean
		String needing(EventLoop loop) {
			return loop.toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NeedsClient {

		@Bean
		String needing(SubprocessClient client) {
			return client.toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SeveralLoops {

		@Bean
		EventLoop one(EventLoopPolicy policy) {
			return policy.newEventLoop();
		}

		@Bean
		EventLoop two(EventLoopPolicy policy) {
			return policy.newEventLoop();
		}

		@Bean
		String needing(SubprocessClient client) {
			return client.toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NeedsPolicy {

		@Bean
		String needing(EventLoopPolicy policy) {
			return policy.toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NeedsText {

		@Bean
		String needing(StringBuilder text) {
			return text.toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SeveralPolicies {

		@Bean
		EventLoopPolicy one() {
			return new DefaultEventLoopPolicy();
		}

		@Bean
		EventLoopPolicy two() {
			return new DefaultEventLoopPolicy();
		}

		@Bean
		String needing(EventLoop loop) {
			return loop.toString();
		}

	}

}
