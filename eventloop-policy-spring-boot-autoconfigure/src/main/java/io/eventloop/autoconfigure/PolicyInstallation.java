package io.eventloop.autoconfigure;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoopPolicy;
import io.eventloop.selector.SelectorChoice;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * One application context's installation of its policy, with its watcher, process-wide:
 * from the creation of this bean to its destruction.
 */
final class PolicyInstallation implements InitializingBean, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(PolicyInstallation.class);

	private final EventLoopPolicy policy;

	private final @Nullable ChildWatcher givenWatcher;

	private final String reason;

	private final @Nullable SelectorChoice selector;

	private @Nullable ChildWatcher watcher;

	private @Nullable Runnable uninstall;

	/**
	 * Create the installation.
	 * @param policy the policy to install
	 * @param watcher the watcher to give to it, or {@code null} to leave it its own
	 * @param reason why that watcher, a sentence
	 * @param selector what the policy's loops wait on, or {@code null} if that is the
	 * policy's own business
	 */
	PolicyInstallation(EventLoopPolicy policy, @Nullable ChildWatcher watcher, String reason,
			@Nullable SelectorChoice selector) {
		this.policy = policy;
		this.givenWatcher = watcher;
		this.reason = reason;
		this.selector = selector;
	}

	@Override
	public void afterPropertiesSet() {
		ChildWatcher inUse = handOver(this.givenWatcher);
		this.watcher = inUse;
		this.uninstall = InstalledPolicies.install(this.policy);
		logger.info("Installed event loop policy {} with child watcher '{}'. {}{}", this.policy.getClass().getName(),
				(inUse != null) ? inUse.name() : "none", watcherReason(), selectorReason());
	}

	private String selectorReason() {
		return (this.selector != null)
				? ". Its event loops wait on selector '%s'. %s".formatted(this.selector.name(), this.selector.reason())
				: "";
	}

	@Override
	public void destroy() {
		if (this.uninstall != null) {
			this.uninstall.run();
		}
	}

	EventLoopPolicy policy() {
		return this.policy;
	}

	/**
	 * Return the watcher in use.
	 * @return the watcher, or {@code null} if the policy has none
	 */
	@Nullable ChildWatcher watcher() {
		return this.watcher;
	}

	/**
	 * Return why that watcher is in use.
	 * @return the reason, a sentence
	 */
	String watcherReason() {
		if (this.watcher == null) {
			return "The policy has none";
		}
		return (this.watcher == this.givenWatcher) ? this.reason : "The policy brings its own";
	}

	/**
	 * Return what the policy's loops wait on.
	 * @return the selector, or {@code null} if that is the policy's own business
	 */
	@Nullable SelectorChoice selector() {
		return this.selector;
	}

	private @Nullable ChildWatcher handOver(@Nullable ChildWatcher given) {
		if (given != null) {
			try {
				this.policy.setChildWatcher(given);
				return given;
			}
			catch (UnsupportedOperationException ex) {
				logger.warn("Child watcher '{}' is not used, as {} does not let its watcher be set", given.name(),
						this.policy.getClass().getName());
			}
		}
		try {
			return this.policy.getChildWatcher();
		}
		catch (UnsupportedOperationException ex) {
			return null;
		}
	}

}
