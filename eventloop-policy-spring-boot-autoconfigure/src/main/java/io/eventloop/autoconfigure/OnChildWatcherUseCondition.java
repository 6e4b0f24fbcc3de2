package io.eventloop.autoconfigure;

import io.eventloop.EventLoopPolicy;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Conditional;

/**
 * Matches if event loops use a child watcher: those of the application's own policy, and
 * ours except proactor loops. Must be evaluated before our own policy is defined.
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
