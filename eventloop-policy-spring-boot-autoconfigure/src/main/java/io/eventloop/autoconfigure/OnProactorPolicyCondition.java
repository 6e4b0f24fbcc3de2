package io.eventloop.autoconfigure;

import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Conditional;

/**
 * Matches if the policy is ours and creates proactor loops. Must be evaluated before it
 * is defined.
 */
class OnProactorPolicyCondition extends NoneNestedConditions {

	OnProactorPolicyCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@Conditional(OnChildWatcherUseCondition.class)
	static class Other {

	}

}
