package io.eventloop.samples.jobrunner;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The service must not start as it is configured.
 */
final class RefusedStartException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	private RefusedStartException(String message, String action) {
		super(message);
		this.action = action;
	}

	String action() {
		return this.action;
	}

	static RefusedStartException directoryInUse(Path directory) {
		return new RefusedStartException(
				"Another instance uses the database in '%s' (jobs.directory).".formatted(directory),
				"Stop it, choose another directory, or share a database: start all instances with the profile 'cluster'"
						+ " and spring.datasource.url.");
	}

	static RefusedStartException noDatabase() {
		return new RefusedStartException("The profile 'cluster' needs a database that all instances reach.",
				"Set spring.datasource.url, such as jdbc:postgresql://host/jobs, or leave out the profile.");
	}

	static RefusedStartException sameName(String name) {
		return new RefusedStartException("There is an instance '%s' already.".formatted(name),
				"Give each instance a name of its own (jobs.instance), or none at all.");
	}

	static RefusedStartException clocks(Duration difference, Duration margin) {
		return new RefusedStartException(
				"The clocks of this machine and of the database differ by %d ms; leases allow %d ms (jobs.clock-margin)."
					.formatted(difference.toMillis(), margin.toMillis()),
				"Synchronize the clocks, with NTP for example.");
	}

}
