package io.eventloop.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Ends the startup with a sentence where the starter is used with another major version
 * of Spring Boot, before a class that is missing there ends it with an error. Uses
 * nothing that such a version may lack.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class BootVersionCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final String MAJOR = "4.";

	private final @Nullable String version;

	BootVersionCheck() {
		this(SpringBootVersion.getVersion());
	}

	BootVersionCheck(@Nullable String version) {
		this.version = version;
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		if (this.version != null && !this.version.startsWith(MAJOR)) {
			throw new UnsupportedBootVersionException(this.version);
		}
	}

}
