package io.eventloop.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if there is a service in {@code eventloop.services}.
 */
class OnConfiguredServicesCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Configured services");
		boolean none = ConfiguredServices.of(context.getEnvironment()).isEmpty();
		return none ? ConditionOutcome.noMatch(message.because("there is none in 'eventloop.services'"))
				: ConditionOutcome.match(message.foundExactly("'eventloop.services'"));
	}

}
