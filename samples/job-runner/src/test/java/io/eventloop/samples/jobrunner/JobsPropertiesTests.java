package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

class JobsPropertiesTests {

	@Test
	void defaultsAreThoseOfTheConfiguration() throws IOException {
		JobsProperties defaults = bind(
				new Binder(new MapConfigurationPropertySource(Map.of("jobs.commands.any.exec", "true"))));
		JobsProperties configured = bind(new Binder(ConfigurationPropertySources
			.from(new YamlPropertySourceLoader().load("application", new ClassPathResource("application.yml")))));
		assertThat(defaults).usingRecursiveComparison().ignoringFields("commands").isEqualTo(configured);
	}

	private static JobsProperties bind(Binder binder) {
		return binder.bind("jobs", Bindable.of(JobsProperties.class)).get();
	}

}
