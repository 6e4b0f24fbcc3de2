package io.eventloop.autoconfigure;

import io.eventloop.EventLoopPolicy;

/**
 * What one application context has installed process-wide. Compared by identity, and
 * guarded by {@link InstalledPolicies}.
 */
final class InstalledPolicy {

	private final EventLoopPolicy policy;

	private EventLoopPolicy before;

	private boolean resting;

	/**
	 * Create the entry.
	 * @param policy the policy
	 * @param before what was in force when it was installed
	 */
	InstalledPolicy(EventLoopPolicy policy, EventLoopPolicy before) {
		this.policy = policy;
		this.before = before;
	}

	EventLoopPolicy policy() {
		return this.policy;
	}

	EventLoopPolicy before() {
		return this.before;
	}

	void setBefore(EventLoopPolicy before) {
		this.before = before;
	}

	boolean isResting() {
		return this.resting;
	}

	void setResting(boolean resting) {
		this.resting = resting;
	}

}
