package io.eventloop.autoconfigure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A property that is set and has no effect, because a bean of the application's replaces
 * what it configures.
 *
 * @param name the property's name
 * @param beanType the type of the bean
 */
record IgnoredProperty(String name, Class<?> beanType) {

	private static final Logger logger = LoggerFactory.getLogger(IgnoredProperty.class);

	void warn() {
		logger.warn("Property '{}' is ignored, as the application defines a bean of type {}; remove one of the two",
				this.name, this.beanType.getSimpleName());
	}

}
