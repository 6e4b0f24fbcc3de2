package io.eventloop.autoconfigure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A property that is set and has no effect.
 *
 * @param name the property's name
 * @param reason why, and what to do about it, the rest of a sentence
 */
record IgnoredProperty(String name, String reason) {

	private static final Logger logger = LoggerFactory.getLogger(IgnoredProperty.class);

	/**
	 * A bean of the application's replaces what the property configures.
	 */
	static IgnoredProperty replaced(String name, Class<?> beanType) {
		return new IgnoredProperty(name,
				"the application defines a bean of type %s; remove one of the two".formatted(beanType.getSimpleName()));
	}

	void warn() {
		logger.warn("Property '{}' is ignored, as {}", this.name, this.reason);
	}

}
