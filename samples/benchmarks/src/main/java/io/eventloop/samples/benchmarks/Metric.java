package io.eventloop.samples.benchmarks;

/**
 * Something that a case measures.
 *
 * @param name its name in the output of contenders; with several values of a scale, such
 * as {@code cost@100} and {@code cost@1000}, the part before the {@code @}
 * @param label a description
 * @param unit its unit
 * @param higherIsBetter whether more is better
 */
public record Metric(String name, String label, String unit, boolean higherIsBetter) {

	static Metric more(String name, String label, String unit) {
		return new Metric(name, label, unit, true);
	}

	static Metric less(String name, String label, String unit) {
		return new Metric(name, label, unit, false);
	}

	/**
	 * Describe its unit, and which values are better.
	 * @return the unit and the direction
	 */
	public String inWords() {
		return this.unit + (this.higherIsBetter ? ", more is better" : ", less is better");
	}

}
