package io.eventloop.autoconfigure;

import io.eventloop.UnsupportedPlatformException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.util.StringUtils;

/**
 * Reports what this system does not support, and what to do about it.
 */
class UnsupportedPlatformFailureAnalyzer extends AbstractFailureAnalyzer<UnsupportedPlatformException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnsupportedPlatformException cause) {
		return new FailureAnalysis(sentence(cause.getMessage()), sentence(cause.action()), cause);
	}

	private static String sentence(@Nullable String text) {
		String sentence = StringUtils.capitalize((text != null) ? text : "This system is not supported");
		return sentence.endsWith(".") ? sentence : sentence + '.';
	}

}
