package io.eventloop.samples.jobrunner;

import java.util.function.UnaryOperator;

import io.eventloop.Signal;
import io.eventloop.Teardown;
import io.eventloop.autoconfigure.SubprocessClientCustomizer;
import io.eventloop.client.ConcurrencyLimit;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Makes the catalogue's commands named commands of the client, of which so many run at a
 * time.
 */
@Configuration(proxyBeanMethods = false)
class JobCommands {

	@Bean
	ConcurrencyLimit jobsLimit(JobsProperties properties) {
		return ConcurrencyLimit.of(properties.concurrency(), properties.maxQueued());
	}

	@Bean
	SubprocessClientCustomizer catalogueCommands(Catalogue catalogue, ConcurrencyLimit limit,
			JobsProperties properties) {
		Teardown teardown = Teardown.signal(Signal.SIGTERM, properties.cancelGrace()).thenKill();
		return (builder) -> {
			builder.limit(limit).defaults((command) -> command.teardown(teardown));
			for (Command command : catalogue.commands()) {
				builder.command(command.name(), command.exec(), UnaryOperator.identity());
			}
		};
	}

}
