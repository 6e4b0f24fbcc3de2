package io.eventloop.autoconfigure;

import io.eventloop.ChildLimits;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * The limits of children, as configured by the properties.
 */
final class ConfiguredChildLimits {

	private ConfiguredChildLimits() {
	}

	/**
	 * Return the limits.
	 * @throws InvalidConfigurationPropertyValueException if one is negative, or 0 where
	 * that would admit nothing
	 */
	static ChildLimits of(EventLoopProperties properties) {
		int maxActive = properties.getChildren().getMaxActive();
		int maxPending = properties.getChildren().getMaxPending();
		DataSize maxOutput = properties.getSubprocess().getMaxOutput();
		if (maxActive < 0) {
			throw new InvalidConfigurationPropertyValueException("eventloop.children.max-active", maxActive,
					"It must not be negative; use 0 for no limit.");
		}
		requirePositive("eventloop.children.max-pending", maxPending, maxPending, "the default is 10000");
		requirePositive("eventloop.subprocess.max-output", maxOutput, maxOutput.toBytes(), "the default is 64MB");
		return new ChildLimits((maxActive > 0) ? maxActive : Integer.MAX_VALUE, maxPending, maxOutput.toBytes());
	}

	private static void requirePositive(String name, Object value, long number, String otherwise) {
		if (number <= 0) {
			throw new InvalidConfigurationPropertyValueException(name, value,
					"It must be positive; %s.".formatted(otherwise));
		}
	}

}
