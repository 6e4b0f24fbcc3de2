package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.Locale;

import io.eventloop.containment.TreeContainment;

/**
 * The containment of children, as configured by the properties.
 */
final class ConfiguredContainment {

	private ConfiguredContainment() {
	}

	/**
	 * Make the containment.
	 * @throws io.eventloop.UnsupportedPlatformException if the mechanism that was asked
	 * for does not work here
	 */
	static TreeContainment of(EventLoopProperties properties) {
		TreeContainment.Builder builder = TreeContainment.builder().mechanism(properties.getContainment());
		Duration grace = properties.getShutdown().getGracePeriod();
		if (properties.isKillOnExit() && !grace.isNegative()) {
			builder.killOnExit(grace);
		}
		return builder.build();
	}

	/**
	 * Say what it is and why, to be added to a line in the log.
	 */
	static String describe(TreeContainment containment) {
		return ". What belongs to a child is found by '%s'. %s. %s".formatted(
				containment.mechanism().name().toLowerCase(Locale.ROOT), containment.reason(),
				containment.killsOnExit() ? "It ends if this JVM is killed" : "It lives on if this JVM is killed");
	}

}
