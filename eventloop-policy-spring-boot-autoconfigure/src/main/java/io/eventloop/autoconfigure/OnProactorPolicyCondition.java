package io.eventloop.autoconfigure;

import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Conditional;

/**
 * Matches where the policy is ours and makes proactor loops. To be asked before it is
 * defined.
 */
class OnProactorPolicyCondition extends NoneNestedConditions {

	OnProactorPolicyCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@Conditional(OnChildWatcherUseCondition.class)
	static class Other {

	}

}
