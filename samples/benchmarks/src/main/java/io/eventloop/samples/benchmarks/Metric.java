package io.eventloop.samples.benchmarks;

/**
 * Something that a case measures.
 *
 * @param name its name in what contenders print; with several values of a scale, such as
 * {@code cost@100} and {@code cost@1000}, the part before the {@code @}
 * @param label what it is, in words
 * @param unit its unit, in words
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
	 * Describe its values, and which are good.
	 * @return the unit and the direction
	 */
	public String inWords() {
		return this.unit + (this.higherIsBetter ? ", more is better" : ", less is better");
	}

}
