package io.eventloop.autoconfigure;

import java.util.Locale;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches where the policy that {@code eventloop.policy} names makes selector loops, and
 * not proactor loops, which need neither selector nor child watcher.
 */
class OnSelectorPolicyCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Environment environment = context.getEnvironment();
		String policy = environment.getProperty("eventloop.policy", "default")
			.toLowerCase(Locale.ROOT)
			.replaceAll("[^a-z]", "");
		boolean windows = environment.getProperty("os.name", "").startsWith("Windows");
		boolean proactor = policy.equals("proactor") || (policy.equals("default") && windows);
		ConditionMessage.Builder message = ConditionMessage.forCondition("Selector loops");
		return new ConditionOutcome(!proactor,
				message.because("policy '%s' makes %s loops".formatted(policy, proactor ? "proactor" : "selector")));
	}

}
