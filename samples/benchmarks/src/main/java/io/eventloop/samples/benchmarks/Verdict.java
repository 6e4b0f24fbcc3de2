package io.eventloop.samples.benchmarks;

/**
 * Whether a run can be believed: nothing was wrong, nobody failed.
 */
final class Verdict {

	/**
	 * Its signal handler interrupts itself: it loses exit codes, and may wait for ever.
	 */
	private static final String KNOWN_TO_BE_WRONG = "asyncio-multi-loop";

	private Verdict() {
	}

	static boolean isGood(Results results) {
		return results.wrong().stream().allMatch((measurement) -> isKnown(measurement.contender()))
				&& results.failures().stream().allMatch((failure) -> isKnown(failure.contender()));
	}

	private static boolean isKnown(Contender contender) {
		return contender.id().equals(KNOWN_TO_BE_WRONG);
	}

}
