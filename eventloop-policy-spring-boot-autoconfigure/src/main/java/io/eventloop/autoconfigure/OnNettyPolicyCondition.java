package io.eventloop.autoconfigure;

import io.eventloop.netty.NettyEventLoopPolicy;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/**
 * Matches if the policy's loops are Netty's: the one that {@code eventloop.policy}
 * selects, or the application's.
 */
class OnNettyPolicyCondition extends AnyNestedCondition {

	OnNettyPolicyCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnBean(NettyEventLoopPolicy.class)
	static class OwnPolicy {

	}

	@ConditionalOnProperty(name = "eventloop.policy", havingValue = "netty")
	static class OurPolicy {

	}

}
