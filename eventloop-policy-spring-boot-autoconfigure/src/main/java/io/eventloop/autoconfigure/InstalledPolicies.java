package io.eventloop.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.eventloop.EventLoopPolicy;
import io.eventloop.EventLoops;

/**
 * The policies that application contexts of this JVM have installed process-wide. The
 * last one is in force. Each context removes its own, in whatever order they close, and
 * what was in force before comes back; a policy that somebody else has set meanwhile is
 * left alone.
 */
final class InstalledPolicies {

	private static final List<Entry> ENTRIES = new ArrayList<>();

	private InstalledPolicies() {
	}

	/**
	 * Install a policy.
	 * @param policy the policy
	 * @return removes it; a second call does nothing
	 */
	static Runnable install(EventLoopPolicy policy) {
		synchronized (ENTRIES) {
			Entry entry = new Entry(policy, EventLoops.getEventLoopPolicy());
			ENTRIES.add(entry);
			EventLoops.setEventLoopPolicy(policy);
			return () -> uninstall(entry);
		}
	}

	private static void uninstall(Entry entry) {
		synchronized (ENTRIES) {
			if (!ENTRIES.remove(entry)) {
				return;
			}
			boolean shared = ENTRIES.stream().anyMatch((other) -> other.policy == entry.policy);
			ENTRIES.stream()
				.filter((later) -> later.before == entry.policy)
				.filter((later) -> !shared || later.policy == entry.policy)
				.forEach((later) -> later.before = entry.before);
			if (!shared && EventLoops.getEventLoopPolicy() == entry.policy) {
				EventLoops.setEventLoopPolicy(entry.before);
			}
		}
	}

	/**
	 * What one context has installed. Compared by identity.
	 */
	private static final class Entry {

		private final EventLoopPolicy policy;

		private EventLoopPolicy before;

		private Entry(EventLoopPolicy policy, EventLoopPolicy before) {
			this.policy = policy;
			this.before = before;
		}

	}

}
