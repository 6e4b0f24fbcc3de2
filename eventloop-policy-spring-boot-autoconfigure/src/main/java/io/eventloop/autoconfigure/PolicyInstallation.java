package io.eventloop.autoconfigure;

import java.util.Objects;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoopPolicy;
import io.eventloop.metrics.ChildCounts;
import io.eventloop.policy.DefaultEventLoopPolicy;
import io.eventloop.policy.ProactorEventLoopPolicy;
import io.eventloop.selector.SelectorChoice;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.InitializingBean;

/**
 * One application context's installation of its policy, with its watcher, process-wide:
 * from the creation of this bean until its context has destroyed all others.
 */
final class PolicyInstallation implements InitializingBean {

	private static final Logger logger = LoggerFactory.getLogger(PolicyInstallation.class);

	private final EventLoopPolicy policy;

	private final @Nullable ChildWatcher givenWatcher;

	private final String reason;

	private final @Nullable SelectorChoice selector;

	private final String containment;

	private @Nullable ChildWatcher watcher;

	private @Nullable InstalledPolicy installed;

	private @Nullable ChildCounts children;

	/**
	 * Create the installation.
	 * @param policy the policy to install
	 * @param watcher the watcher to give to it, or {@code null} to keep the policy's own
	 * @param reason why that watcher is used, a sentence
	 * @param selector what the policy's loops wait on, or {@code null} if the policy
	 * decides that itself
	 * @param containment what is ended with a child of the main event loop, and why: a
	 * sentence, or nothing
	 */
	PolicyInstallation(EventLoopPolicy policy, @Nullable ChildWatcher watcher, String reason,
			@Nullable SelectorChoice selector, String containment) {
		this.policy = policy;
		this.givenWatcher = watcher;
		this.reason = reason;
		this.containment = containment;
		// There is one all the same where the policy was changed after ahead-of-time
		// processing
		this.selector = (policy instanceof ProactorEventLoopPolicy) ? null : selector;
	}

	@Override
	public void afterPropertiesSet() {
		ChildWatcher inUse = handOver(this.givenWatcher);
		this.watcher = inUse;
		// Before anything can start a child
		ChildCounts counts = ChildCounts.observe(inUse);
		this.children = counts;
		try {
			this.installed = InstalledPolicies.install(this.policy);
		}
		catch (RuntimeException | Error ex) {
			counts.close();
			throw ex;
		}
		logger.info("Installed event loop policy {} with child watcher '{}'. {}{}{}", this.policy.getClass().getName(),
				(inUse != null) ? inUse.name() : "none", watcherReason(), selectorReason(), this.containment);
	}

	private String selectorReason() {
		return (this.selector != null)
				? ". Its event loops wait on selector '%s'. %s".formatted(this.selector.name(), this.selector.reason())
				: "";
	}

	/**
	 * Let this context's policy be in force, if that of another context is.
	 */
	void activate() {
		if (this.installed != null) {
			InstalledPolicies.activate(this.installed);
		}
	}

	/**
	 * Let the policy of another active context be in force, if there is one.
	 */
	void rest() {
		if (this.installed != null) {
			InstalledPolicies.rest(this.installed);
		}
	}

	/**
	 * Let go of the policy, and of the counts, after the last child has ended.
	 */
	void uninstall() {
		closePolicy();
		if (this.installed != null) {
			InstalledPolicies.uninstall(this.installed);
		}
		if (this.children != null) {
			this.children.close();
		}
	}

	/**
	 * Let the policy detach from what it shares. One of the application's own is closed
	 * as a bean.
	 */
	private void closePolicy() {
		if (this.policy instanceof DefaultEventLoopPolicy && this.policy instanceof AutoCloseable closeable) {
			try {
				closeable.close();
			}
			catch (Exception ex) {
				logger.warn("Closing event loop policy {} failed", this.policy.getClass().getName(), ex);
			}
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
	 * Return the counts of its children, from the installation on.
	 */
	ChildCounts children() {
		return Objects.requireNonNull(this.children, "The policy is not installed");
	}

	/**
	 * Return why that watcher is in use.
	 * @return the reason, a sentence
	 */
	String watcherReason() {
		if (this.watcher == null) {
			return "The policy has none";
		}
		return (this.watcher == this.givenWatcher) ? this.reason : "The policy has its own";
	}

	/**
	 * Return what the policy's loops wait on.
	 * @return the selector, or {@code null} if the policy decides that itself
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
				logger.warn("Child watcher '{}' is not used, because {} does not allow its watcher to be set",
						given.name(), this.policy.getClass().getName());
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
