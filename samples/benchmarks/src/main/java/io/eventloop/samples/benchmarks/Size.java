package io.eventloop.samples.benchmarks;

/**
 * The length of the measurements.
 */
public enum Size {

	/** Long enough for figures that can be compared. */
	FULL,

	/** Less than two minutes, for a first impression. */
	QUICK,

	/** Only checks that everything works and no result is wrong. */
	SMOKE

}
