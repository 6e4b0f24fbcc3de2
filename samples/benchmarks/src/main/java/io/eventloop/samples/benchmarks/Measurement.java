package io.eventloop.samples.benchmarks;

/**
 * A measured figure.
 *
 * @param round the round it is from
 * @param tested the case
 * @param contender the contender
 * @param name the metric's name
 * @param value the value
 * @param unit the value's unit
 */
public record Measurement(int round, Case tested, Contender contender, String name, double value, String unit) {

	/**
	 * The name of the figure that counts wrong results.
	 */
	static final String WRONG = "wrong";

	static Measurement of(Run run, String line) {
		String[] parts = line.split(" ", 3);
		if (parts.length != 3) {
			throw new IllegalArgumentException("'%s' is no figure; one has a name, a value and a unit".formatted(line));
		}
		return new Measurement(run.round(), run.tested(), run.contender(), parts[0], Double.parseDouble(parts[1]),
				parts[2]);
	}

}
