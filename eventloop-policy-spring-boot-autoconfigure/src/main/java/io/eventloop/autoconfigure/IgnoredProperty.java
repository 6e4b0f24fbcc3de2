package io.eventloop.autoconfigure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A property that is set and has no effect.
 *
 * @param name the property's name
 * @param reason why, and what to do about it; the end of a sentence
 */
record IgnoredProperty(String name, String reason) {

	private static final Logger logger = LoggerFactory.getLogger(IgnoredProperty.class);

	/**
	 * Create one for a property whose object is replaced by a bean of the application.
	 */
	static IgnoredProperty replaced(String name, Class<?> beanType) {
		return new IgnoredProperty(name,
				"the application defines a bean of type %s; remove one of the two".formatted(beanType.getSimpleName()));
	}

	void warn() {
		logger.warn("Property '{}' is ignored, because {}", this.name, this.reason);
	}

}
