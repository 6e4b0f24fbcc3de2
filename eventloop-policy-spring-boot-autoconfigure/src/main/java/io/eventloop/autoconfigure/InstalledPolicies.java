package io.eventloop.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.eventloop.EventLoopPolicy;
import io.eventloop.EventLoops;

/**
 * The policies that application contexts of this JVM have installed process-wide. That of
 * the context that was started last is in force, be it its first start or one after a
 * pause. Each context removes its own, in whatever order they close, and what was in
 * force before comes back; a policy that other code has set meanwhile is left alone.
 */
final class InstalledPolicies {

	private static final List<InstalledPolicy> ENTRIES = new ArrayList<>();

	private InstalledPolicies() {
	}

	/**
	 * Install a policy.
	 * @param policy the policy
	 */
	static InstalledPolicy install(EventLoopPolicy policy) {
		synchronized (ENTRIES) {
			InstalledPolicy entry = new InstalledPolicy(policy, EventLoops.getEventLoopPolicy());
			ENTRIES.add(entry);
			EventLoops.setEventLoopPolicy(policy);
			return entry;
		}
	}

	/**
	 * Let a policy be in force where that of another context is.
	 * @param entry the policy's
	 */
	static void activate(InstalledPolicy entry) {
		synchronized (ENTRIES) {
			EventLoopPolicy inForce = EventLoops.getEventLoopPolicy();
			entry.setResting(false);
			if (inForce != entry.policy() && isInstalled(inForce) && ENTRIES.remove(entry)) {
				unlink(entry);
				entry.setBefore(inForce);
				ENTRIES.add(entry);
				EventLoops.setEventLoopPolicy(entry.policy());
			}
		}
	}

	/**
	 * Let the policy of a context that is stopped give way to that of one that is not.
	 * @param entry the policy's
	 */
	static void rest(InstalledPolicy entry) {
		synchronized (ENTRIES) {
			entry.setResting(true);
			giveWay();
		}
	}

	/**
	 * Remove a policy. A second call does nothing.
	 * @param entry the policy's
	 */
	static void uninstall(InstalledPolicy entry) {
		synchronized (ENTRIES) {
			if (!ENTRIES.remove(entry)) {
				return;
			}
			unlink(entry);
			if (!isInstalled(entry.policy()) && EventLoops.getEventLoopPolicy() == entry.policy()) {
				EventLoops.setEventLoopPolicy(entry.before());
			}
			giveWay();
		}
	}

	/**
	 * Let those that came after a removed entry know what was in force before it.
	 */
	private static void unlink(InstalledPolicy entry) {
		boolean shared = isInstalled(entry.policy());
		ENTRIES.stream()
			.filter((later) -> later.before() == entry.policy())
			.filter((later) -> !shared || later.policy() == entry.policy())
			.forEach((later) -> later.setBefore(entry.before()));
	}

	private static boolean isInstalled(EventLoopPolicy policy) {
		return ENTRIES.stream().anyMatch((entry) -> entry.policy() == policy);
	}

	private static void giveWay() {
		EventLoopPolicy inForce = EventLoops.getEventLoopPolicy();
		if (isInstalled(inForce) && active(inForce).isEmpty()) {
			lastActive().ifPresent(InstalledPolicies::activate);
		}
	}

	private static Optional<InstalledPolicy> active(EventLoopPolicy policy) {
		return ENTRIES.stream().filter((entry) -> !entry.isResting() && entry.policy() == policy).findAny();
	}

	private static Optional<InstalledPolicy> lastActive() {
		return ENTRIES.stream().filter((entry) -> !entry.isResting()).reduce((earlier, later) -> later);
	}

}
