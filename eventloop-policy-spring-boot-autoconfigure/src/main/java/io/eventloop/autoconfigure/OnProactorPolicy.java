package io.eventloop.autoconfigure;

import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Conditional;

/**
 * Matches where the policy is ours and makes proactor loops. To be asked before it is
 * defined.
 */
class OnProactorPolicy extends NoneNestedConditions {

	OnProactorPolicy() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@Conditional(OnChildWatcherUse.class)
	static class Other {

	}

}
