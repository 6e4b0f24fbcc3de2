package io.eventloop.autoconfigure;

import io.eventloop.EventLoopPolicy;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Conditional;

/**
 * Matches where event loops use a child watcher: those of a policy of the application's,
 * and ours but for the proactor's. To be asked before our own policy is defined.
 */
class OnChildWatcherUseCondition extends AnyNestedCondition {

	OnChildWatcherUseCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnBean(EventLoopPolicy.class)
	static class OwnPolicy {

	}

	@Conditional(OnSelectorPolicyCondition.class)
	static class OurPolicy {

	}

}
