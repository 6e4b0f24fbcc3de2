package io.eventloop.autoconfigure;

import java.util.List;

import io.eventloop.ChildLimits;
import io.eventloop.EventLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class ConfiguredChildLimitsTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EventLoopAutoConfiguration.class));

	@Test
	void limitsOfChildrenAreThoseOfTheMainLoop() {
		this.contextRunner.run((context) -> assertThat(context.getBean(EventLoop.class).getChildLimits())
			.isEqualTo(ChildLimits.DEFAULT));
		this.contextRunner
			.withPropertyValues("eventloop.children.max-active=7", "eventloop.children.max-pending=8",
					"eventloop.subprocess.max-output=9KB")
			.run((context) -> assertThat(context.getBean(EventLoop.class).getChildLimits())
				.isEqualTo(new ChildLimits(7, 8, 9 * 1024)));
		for (String property : List.of("eventloop.children.max-active", "eventloop.children.max-pending",
				"eventloop.subprocess.max-output")) {
			this.contextRunner.withPropertyValues(property + "=-1")
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.isInstanceOf(InvalidConfigurationPropertyValueException.class)
					.hasMessageContaining(property));
		}
	}

}
