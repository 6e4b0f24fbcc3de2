package io.eventloop.samples.benchmarks;

/**
 * How long to measure.
 */
public enum Size {

	/** Long enough for figures that can be compared. */
	FULL,

	/** Under two minutes, for a first look. */
	QUICK,

	/** Only to see that all works and nothing is wrong. */
	SMOKE

}
