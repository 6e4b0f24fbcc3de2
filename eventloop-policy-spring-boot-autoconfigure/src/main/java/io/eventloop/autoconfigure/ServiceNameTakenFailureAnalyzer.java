package io.eventloop.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells what to do when another bean has the name of a service.
 */
class ServiceNameTakenFailureAnalyzer extends AbstractFailureAnalyzer<ServiceNameTakenException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ServiceNameTakenException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Rename 'eventloop.services.%s', or the bean.".formatted(cause.service()), cause);
	}

}
