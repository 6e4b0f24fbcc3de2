package io.eventloop;

import java.util.ServiceLoader;

/**
 * The containment that system properties ask for.
 */
final class ConfiguredContainment {

	private static final String MECHANISM = "eventloop.containment";

	private static final String KILL_ON_EXIT = "eventloop.kill-on-exit";

	private ConfiguredContainment() {
	}

	static ChildContainment get() {
		if (System.getProperty(MECHANISM) == null && System.getProperty(KILL_ON_EXIT) == null) {
			return ChildContainment.GROUP;
		}
		return ServiceLoader.load(ChildContainmentProvider.class, ChildContainment.class.getClassLoader())
			.findFirst()
			.map(ChildContainmentProvider::get)
			.orElse(ChildContainment.GROUP);
	}

}
