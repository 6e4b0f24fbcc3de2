package io.eventloop.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Always matches, and adds the property's value to the conditions report. The choice is
 * made when the bean is created, so that it can still be configured after ahead-of-time
 * processing.
 */
abstract class ConfiguredChoiceCondition extends SpringBootCondition {

	private final String what;

	private final String property;

	private ConfiguredChoiceCondition(String what, String property) {
		this.what = what;
		this.property = property;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition(this.what);
		String value = context.getEnvironment().getProperty(this.property);
		return ConditionOutcome.match((value != null) ? message.foundExactly(this.property + "=" + value)
				: message.because(this.property + " is not set and its default is used"));
	}

	static class ConfiguredPolicy extends ConfiguredChoiceCondition {

		ConfiguredPolicy() {
			super("Event loop policy", "eventloop.policy");
		}

	}

	static class ConfiguredSelector extends ConfiguredChoiceCondition {

		ConfiguredSelector() {
			super("Selector", "eventloop.selector");
		}

	}

	static class ConfiguredWatcher extends ConfiguredChoiceCondition {

		ConfiguredWatcher() {
			super("Child watcher", "eventloop.watcher");
		}

	}

}
