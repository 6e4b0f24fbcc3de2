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
 * not proactor or Netty loops, for which neither a selector nor a child watcher can be
 * chosen.
 */
class OnSelectorPolicyCondition extends SpringBootCondition {

	private static final String SELECTOR = "selector";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Policy policy = Binder.get(context.getEnvironment())
			.bind("eventloop.policy", Policy.class)
			.orElse(Policy.DEFAULT);
		ConditionMessage.Builder message = ConditionMessage.forCondition("Selector loops");
		return new ConditionOutcome(createsSelectorLoops(policy),
				message.because("policy '%s' creates %s loops".formatted(policy, loops(policy))));
	}

	static boolean createsSelectorLoops(Policy policy) {
		return loops(policy).equals(SELECTOR);
	}

	private static String loops(Policy policy) {
		return switch (policy) {
			case DEFAULT -> Platform.suitsProactor() ? "proactor" : SELECTOR;
			case SELECTOR -> SELECTOR;
			case PROACTOR -> "proactor";
			case NETTY -> "Netty";
		};
	}

}
