package io.eventloop.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import io.eventloop.autoconfigure.EventLoopProperties.Policy;
import io.eventloop.autoconfigure.EventLoopProperties.ReapOrphans;
import io.eventloop.autoconfigure.EventLoopProperties.Watcher;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the properties accept.
 */
class EventLoopPropertiesTests {

	@ParameterizedTest
	@ValueSource(strings = { "selector", "SELECTOR", "Selector" })
	@DisplayName("N12 a policy may be written in any case")
	void policyInAnyCase(String value) {
		assertThat(bind("eventloop.policy", value).getPolicy()).isEqualTo(Policy.SELECTOR);
	}

	@ParameterizedTest
	@ValueSource(strings = { "eventloop.shutdown.grace-period", "eventloop.shutdown.gracePeriod",
			"eventloop.shutdown.grace_period", "EVENTLOOP.SHUTDOWN.GRACEPERIOD" })
	@DisplayName("N12 names are relaxed")
	void namesAreRelaxed(String name) {
		assertThat(bind(name, "3s").getShutdown().getGracePeriod()).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void theConstantDefaultBindsFromItsName() {
		assertThat(bind("eventloop.policy", "default").getPolicy()).isEqualTo(Policy.DEFAULT);
	}

	@ParameterizedTest
	@CsvSource({ "off,OFF", "false,OFF", "pid1,PID1", "PID1,PID1", "pid-1,PID1", "subreaper,SUBREAPER" })
	@DisplayName("N12 when orphans are reaped may be written in any way")
	void reapOrphansInAnyWay(String value, ReapOrphans expected) {
		assertThat(bind("eventloop.reap-orphans", value).getReapOrphans()).isEqualTo(expected);
	}

	@Test
	@DisplayName("N12 off is off in YAML, where it is a boolean")
	void offInYaml() throws Exception {
		Resource yaml = new ByteArrayResource("eventloop.reap-orphans: off".getBytes(StandardCharsets.UTF_8));
		PropertySource<?> source = new YamlPropertySourceLoader().load("test", yaml).get(0);
		Binder binder = new Binder(ConfigurationPropertySource.from(source));
		assertThat(binder.bindOrCreate("eventloop", EventLoopProperties.class).getReapOrphans())
			.isEqualTo(ReapOrphans.OFF);
		assertThat(source.getProperty("eventloop.reap-orphans")).isEqualTo(false);
	}

	@Test
	@DisplayName("N13 an environment variable sets a property")
	void environmentVariableSetsProperty() {
		PropertySource<?> source = new SystemEnvironmentPropertySource(
				StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of("EVENTLOOP_WATCHER", "pidfd"));
		Binder binder = new Binder(ConfigurationPropertySource.from(source));
		assertThat(binder.bindOrCreate("eventloop", EventLoopProperties.class).getWatcher()).isEqualTo(Watcher.PIDFD);
	}

	@Test
	@DisplayName("N13 a system property that is spelled like an environment variable sets nothing")
	void systemPropertySpelledLikeAVariableSetsNothing() {
		PropertySource<?> source = new MapPropertySource(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
				Map.of("EVENTLOOP_WATCHER", "pidfd"));
		Binder binder = new Binder(ConfigurationPropertySource.from(source));
		assertThat(binder.bindOrCreate("eventloop", EventLoopProperties.class).getWatcher())
			.isEqualTo(new EventLoopProperties().getWatcher());
	}

	private static EventLoopProperties bind(String name, String value) {
		MockEnvironment environment = new MockEnvironment();
		environment.setProperty(name, value);
		ConfigurationPropertySources.attach(environment);
		return Binder.get(environment).bindOrCreate("eventloop", EventLoopProperties.class);
	}

}
