package io.eventloop.samples.jobrunner;

import org.flywaydb.core.api.exception.FlywayValidateException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that the database has the tables of another version of the service.
 */
class SchemaAnalyzer extends AbstractFailureAnalyzer<FlywayValidateException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, FlywayValidateException cause) {
		return new FailureAnalysis(
				"The database has the tables of another version of this service: " + cause.getMessage(),
				"Start the version that has made them or a later one, or choose another database (jobs.directory or"
						+ " spring.datasource.url).",
				cause);
	}

}
