package com.example.war;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.support.SpringBootServletInitializer;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A WAR that has nothing to do with event loops. It compares a record, as most
 * applications do and ours does: Java 17 keeps the last class loader whose record it
 * compared.
 */
public class PlainWar extends SpringBootServletInitializer {

	@Override
	protected SpringApplicationBuilder configure(SpringApplicationBuilder builder) {
		return builder.sources(Application.class);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class Application {

		@GetMapping("/run")
		String run() {
			return new Place(new Place(null)).equals(new Place(new Place(null))) ? "done" : "";
		}

		private record Place(@Nullable Place parent) {

		}

	}

}
