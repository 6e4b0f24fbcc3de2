package io.eventloop.containment;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;

import io.eventloop.ChildContainment;
import io.eventloop.ChildContainmentProvider;

/**
 * The containment that the system properties {@code eventloop.containment},
 * {@code eventloop.kill-on-exit} and {@code eventloop.shutdown.grace-period} describe, as
 * the starter's properties of the same names do.
 *
 * @since 0.1.0
 */
public final class SystemPropertiesContainment implements ChildContainmentProvider {

	private static final String MECHANISM = "eventloop.containment";

	private static final String KILL_ON_EXIT = "eventloop.kill-on-exit";

	private static final String GRACE = "eventloop.shutdown.grace-period";

	@Override
	public ChildContainment get() {
		TreeContainment.Builder builder = TreeContainment.builder().mechanism(mechanism());
		return (isKilledOnExit() ? builder.killOnExit(grace()) : builder).build();
	}

	private static ContainmentMechanism mechanism() {
		String value = System.getProperty(MECHANISM, "auto");
		try {
			return ContainmentMechanism.valueOf(value.toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("System property %s is '%s'; use one of %s".formatted(MECHANISM, value,
					Arrays.toString(ContainmentMechanism.values()).toLowerCase(Locale.ROOT)), ex);
		}
	}

	private static boolean isKilledOnExit() {
		String value = System.getProperty(KILL_ON_EXIT, "false");
		return switch (value) {
			case "true" -> true;
			case "false" -> false;
			default -> throw new IllegalArgumentException(
					"System property %s is '%s'; use true or false".formatted(KILL_ON_EXIT, value));
		};
	}

	private static Duration grace() {
		String value = System.getProperty(GRACE, "10s");
		try {
			return Duration.parse(value.matches("\\d+s") ? "PT" + value : value);
		}
		catch (DateTimeParseException ex) {
			throw new IllegalArgumentException(
					"System property %s is '%s'; use seconds, such as 10s, or PT0.5S".formatted(GRACE, value), ex);
		}
	}

}
