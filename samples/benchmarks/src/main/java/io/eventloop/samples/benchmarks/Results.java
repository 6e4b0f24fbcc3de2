package io.eventloop.samples.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All measurements.
 */
public final class Results {

	private final List<Measurement> measurements = new ArrayList<>();

	private final List<Failure> failures = new ArrayList<>();

	private final List<String> loads = new ArrayList<>();

	void add(List<Measurement> more) {
		this.measurements.addAll(more);
	}

	void add(Failure failure) {
		this.failures.add(failure);
	}

	void load(String load) {
		this.loads.add(load);
	}

	/**
	 * Return all figures.
	 * @return the figures, in the order of measurement
	 */
	public List<Measurement> measurements() {
		return this.measurements;
	}

	/**
	 * Return the runs that failed.
	 * @return the failures
	 */
	public List<Failure> failures() {
		return this.failures;
	}

	/**
	 * Return the machine's load average before each round.
	 * @return by round
	 */
	public List<String> loads() {
		return this.loads;
	}

	boolean hasFailed(Run run) {
		return this.failures.stream()
			.anyMatch((failure) -> failure.tested() == run.tested() && failure.contender().equals(run.contender()));
	}

	/**
	 * Return the figures that count wrong results.
	 * @return the figures
	 */
	public List<Measurement> wrong() {
		return this.measurements.stream()
			.filter((measurement) -> measurement.name().equals(Measurement.WRONG) && measurement.value() != 0)
			.toList();
	}

	/**
	 * Return the values of a figure, over the rounds.
	 * @param tested the case
	 * @param contender the contender
	 * @param name the figure's name
	 * @return the values, empty if there are none
	 */
	public Optional<Statistics> statistics(Case tested, String contender, String name) {
		Map<Integer, Double> values = byRound(tested, contender, name);
		return values.isEmpty() ? Optional.empty() : Optional.of(Statistics.of(values.values()));
	}

	/**
	 * Return the ratios of one contender's figure to another's, one per round.
	 * @param tested the case
	 * @param contender the one
	 * @param other the other
	 * @param name the figure's name
	 * @return the ratios, empty if there are none
	 */
	public Optional<Statistics> ratio(Case tested, String contender, String other, String name) {
		Map<Integer, Double> values = byRound(tested, contender, name);
		List<Double> ratios = new ArrayList<>();
		byRound(tested, other, name).forEach((round, divisor) -> {
			Double value = values.get(round);
			if (value != null && divisor > 0) {
				ratios.add(value / divisor);
			}
		});
		return ratios.isEmpty() ? Optional.empty() : Optional.of(Statistics.of(ratios));
	}

	/**
	 * Return the points of a scale at which a figure was measured.
	 * @param tested the case
	 * @param contender the contender
	 * @param metric the metric
	 * @return the medians by where they were measured, ascending
	 */
	public Map<Integer, Double> curve(Case tested, String contender, Metric metric) {
		String prefix = metric.name() + "@";
		return this.measurements.stream()
			.filter((measurement) -> isOf(measurement, tested, contender) && measurement.name().startsWith(prefix))
			.collect(Collectors.groupingBy(
					(measurement) -> Integer.valueOf(measurement.name().substring(prefix.length())), TreeMap::new,
					Collectors.collectingAndThen(Collectors.mapping(Measurement::value, Collectors.toList()),
							(values) -> Statistics.of(values).median())));
	}

	/**
	 * Return the contenders that completed a case.
	 * @param tested the case
	 * @return the contenders, in the order of their first round
	 */
	public List<Contender> contenders(Case tested) {
		return this.measurements.stream()
			.filter((measurement) -> measurement.tested() == tested)
			.sorted(Comparator.comparingInt(Measurement::round))
			.map(Measurement::contender)
			.distinct()
			.toList();
	}

	private Map<Integer, Double> byRound(Case tested, String contender, String name) {
		return this.measurements.stream()
			.filter((measurement) -> isOf(measurement, tested, contender) && measurement.name().equals(name))
			.collect(Collectors.toMap(Measurement::round, Measurement::value, (first, second) -> second, TreeMap::new));
	}

	private static boolean isOf(Measurement measurement, Case tested, String contender) {
		return measurement.tested() == tested && measurement.contender().id().equals(contender);
	}

}
