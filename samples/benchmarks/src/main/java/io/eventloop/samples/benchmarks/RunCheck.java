package io.eventloop.samples.benchmarks;

import io.eventloop.samples.benchmarks.Contender.Kind;

/**
 * Checks whether results can be trusted: none was wrong and no contender failed, except
 * peers that are known to fail.
 */
final class RunCheck {

	private RunCheck() {
	}

	static boolean isGood(Results results) {
		return results.wrong().stream().allMatch((measurement) -> isFaulty(measurement.contender()))
				&& results.failures().stream().allMatch((failure) -> isFaulty(failure.contender()));
	}

	private static boolean isFaulty(Contender contender) {
		return contender.kind() == Kind.FAULTY;
	}

}
