package io.eventloop.samples.jobrunner;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains why the service refuses to start.
 */
class RefusedStartAnalyzer extends AbstractFailureAnalyzer<RefusedStartException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, RefusedStartException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
	}

}
