package io.eventloop.autoconfigure;

import io.eventloop.autoconfigure.EventLoopProperties.Policy;
import io.eventloop.policy.Platform;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if the policy that {@code eventloop.policy} selects creates selector loops, and
 * not proactor loops, which need neither selector nor child watcher.
 */
class OnSelectorPolicyCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Policy policy = Binder.get(context.getEnvironment())
			.bind("eventloop.policy", Policy.class)
			.orElse(Policy.DEFAULT);
		boolean proactor = switch (policy) {
			case DEFAULT -> Platform.suitsProactor();
			case SELECTOR -> false;
			case PROACTOR -> true;
		};
		ConditionMessage.Builder message = ConditionMessage.forCondition("Selector loops");
		return new ConditionOutcome(!proactor,
				message.because("policy '%s' creates %s loops".formatted(policy, proactor ? "proactor" : "selector")));
	}

}
