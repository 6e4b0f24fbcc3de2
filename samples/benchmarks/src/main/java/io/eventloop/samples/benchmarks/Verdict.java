package io.eventloop.samples.benchmarks;

import io.eventloop.samples.benchmarks.Contender.Kind;

/**
 * Whether a run can be believed: nothing was wrong and nobody failed, but for peers that
 * are known to.
 */
final class Verdict {

	private Verdict() {
	}

	static boolean isGood(Results results) {
		return results.wrong().stream().allMatch((measurement) -> isFaulty(measurement.contender()))
				&& results.failures().stream().allMatch((failure) -> isFaulty(failure.contender()));
	}

	private static boolean isFaulty(Contender contender) {
		return contender.kind() == Kind.FAULTY;
	}

}
