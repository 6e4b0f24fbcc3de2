package io.eventloop.samples.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The cases, each of which is a set of metrics.
 */
@SuppressWarnings("ImmutableEnumChecker")
public enum Case {

	/** One child at a time. */
	A("A", "One child at a time",
			"`/bin/true` with the parent's stdio, each started after the previous one has exited.",
			List.of(Metric.more("rate", "Children per second", "children/s")),
			List.of(Parameter.of("count", 3_000, 150, 3), Parameter.of("warmup", 20_000, 100, 1),
					Parameter.of("program", "/bin/true"))),

	/** The same with the cheapest possible child. */
	A0("A0", "One child at a time, of the smallest kind",
			"As A, with a static program without libc that exits at once: what remains is the parent's own cost.",
			List.of(Metric.more("rate", "Children per second", "children/s")),
			List.of(Parameter.of("count", 8_000, 500, 3), Parameter.of("warmup", 40_000, 300, 1),
					Parameter.of("program", BuildDirectory.MINIMAL_CHILD))),

	/** The same with pipes. */
	A3("A3", "One child at a time, with three pipes", "As A; both outputs are read to their end.",
			List.of(Metric.more("rate", "Children per second", "children/s")),
			List.of(Parameter.of("count", 3_000, 100, 3), Parameter.of("warmup", 15_000, 50, 1))),

	/** The first child of a process. */
	FIRST("first", "The first child of a process",
			"`/bin/echo`, whose output is read, {count} times, each time in a process that has done nothing before and ends then. "
					+ "The processor time is that of the whole process.",
			List.of(Metric.less("time", "From the call to the output", "ms"),
					Metric.less("wall", "The whole process", "ms"),
					Metric.less("cpu", "Processor time of the whole process", "ms")),
			List.of(Parameter.of("count", 15, 3, 1))),

	/** The first children of a process, one at a time. */
	COLD("cold", "The first children of a process, one at a time", "As A, with no more than {first} children before.",
			List.of(Metric.more("rate", "Children per second", "children/s"),
					Metric.less("p99", "99 % of the children take at most", "µs")),
			List.of(Parameter.of("first", 300, 30, 3), Parameter.of("count", 1_000, 100, 3))),

	/** The first children of a process, many at once. */
	COLD_B("coldB", "The first children of a process, {inflight} at once",
			"As B, with no more than {first} children before, one at a time.",
			List.of(Metric.more("rate", "Children per second", "children/s")),
			List.of(Parameter.of("first", 300, 30, 3), Parameter.of("count", 5_000, 100, 3),
					Parameter.of("inflight", 64, 8, 2))),

	/** Many children, many at once. */
	B("B", "Many children, {inflight} at once",
			"`/bin/true` and `/bin/false` alternately, with the parent's stdio (NuProcess supports pipes only); "
					+ "processor time includes the parent and its children.",
			List.of(Metric.more("rate", "Children per second", "children/s"),
					Metric.less("cpu", "Processor time per child", "µs")),
			List.of(Parameter.of("count", 5_000, 400, 20), Parameter.of("warmup", 25_000, 100, 5),
					Parameter.of("inflight", 64, 64, 8))),

	/** Children beside idle ones. */
	C("C", "Children beside {alive} idle ones",
			"One `/bin/true` at a time, first alone and then beside the idle children. Memory is resident memory without the heap, "
					+ "plus the used heap after a collection, per idle child.",
			List.of(Metric.less("slower", "Slowdown by idle children", "times"),
					Metric.less("threads", "Threads for the idle children", "threads"),
					Metric.less("memory", "Memory per idle child", "KiB"),
					Metric.more("rate", "Children per second beside the idle ones", "children/s")),
			List.of(Parameter.of("count", 1_000, 50, 2), Parameter.of("warmup", 16_000, 50, 2),
					Parameter.of("alive", 2_000, 200, 5))),

	/** All children exit at once. */
	MASS("mass", "{alive} children killed at once", "From the first kill to the report of the last exit.",
			List.of(Metric.less("time", "Time until the last exit is reported", "ms")),
			List.of(Parameter.of("alive", 2_000, 200, 5), Parameter.of("warmup", 2_000, 20, 2),
					Parameter.of("warmups", 3, 1, 1))),

	/** Sending data to a child and back. */
	D("D", "64 KiB to `/bin/cat` and back", "One at a time; the output is compared with the input.",
			List.of(Metric.more("rate", "Exchanges per second", "exchanges/s")),
			List.of(Parameter.of("count", 2_000, 100, 3), Parameter.of("warmup", 8_000, 50, 1))),

	/** Much output of one child. */
	S1("S1", "{megabytes} MB from one child",
			"`dd` writes zeros, which are read in pieces of up to 64 KiB and counted.",
			List.of(Metric.more("rate", "Throughput", "MB/s")),
			List.of(Parameter.of("megabytes", 3_000, 200, 5), Parameter.of("warmup", 3_000, 100, 5))),

	/** The same, joined by a pipe to another child that is read. */
	S2("S2", "{megabytes} MB through two children",
			"`dd` writes zeros into `cat`, whose output is read in pieces of up to 64 KiB and counted.",
			List.of(Metric.more("rate", "Throughput", "MB/s")),
			List.of(Parameter.of("megabytes", 3_000, 200, 5), Parameter.of("warmup", 3_000, 100, 5))),

	/** Output of many children. */
	S3("S3", "64 KiB from each of {children} children at once",
			"`dd` writes zeros. All are started before the first is waited for. `ProcessBuilder` has a thread for each.",
			List.of(Metric.less("time", "Until all were read", "ms")),
			List.of(Parameter.of("children", 200, 20, 5), Parameter.of("count", 20, 3, 1),
					Parameter.of("warmup", 40, 2, 1))),

	/** Callbacks that the loop schedules for itself. */
	E("E", "Callbacks scheduled on the loop",
			"Batches of 1,000, each scheduled after the previous one has run; and a chain, in which each callback schedules the next.",
			List.of(Metric.more("batch-fresh", "Batches, a fresh lambda for each call", "callbacks/s"),
					Metric.more("batch", "Batches, one Runnable", "callbacks/s"),
					Metric.more("chain-fresh", "Chain, a fresh lambda for each call", "callbacks/s"),
					Metric.more("chain", "Chain, one Runnable", "callbacks/s")),
			List.of(Parameter.of("warmup", 1_500, 150, 2), Parameter.of("ms", 1_000, 100, 2))),

	/** Callbacks posted by another thread. */
	F("F", "Callbacks submitted from another thread",
			"In batches of {batch} (asyncio: 10000 at most), timed until the last has run.",
			List.of(Metric.more("submit-fresh", "Submissions, a fresh lambda for each", "callbacks/s"),
					Metric.more("submit", "Submissions, one Runnable", "callbacks/s")),
			List.of(Parameter.of("warmup", 1_500, 150, 2), Parameter.of("ms", 1_000, 150, 2),
					Parameter.of("batch", 100_000, 100_000, 1_000))),

	/** A round trip to the loop. */
	PING("ping", "From a thread to the loop and back",
			"On one core: two would measure how long the other core takes to wake up.",
			List.of(Metric.less("p50", "Median time there and back", "µs")),
			List.of(Parameter.of("warmup", 1_500, 150, 2), Parameter.of("ms", 1_000, 150, 2))),

	/** Many timers. */
	G2("G2", "{count} timers, half of them cancelled",
			"Due at random times within {ms} ms. Lateness is the 99th percentile.",
			List.of(Metric.less("cpu", "Processor time", "s"), Metric.less("late", "Lateness", "ms")),
			List.of(Parameter.of("count", 200_000, 20_000, 1_000), Parameter.of("ms", 2_000, 500, 20),
					Parameter.of("warmup", 1_000, 100, 10), Parameter.of("warmups", 5, 2, 1))),

	/** A server and its clients. */
	H("H", "{size} bytes sent back to {connections} clients",
			"An echo server with one thread. Its clients, one program for all servers, each send a message when the previous one has come "
					+ "back. The processor time is that of the server.",
			List.of(Metric.more("rate", "Round trips per second", "round trips/s"),
					Metric.less("cpu", "Processor time of the server per round trip", "µs")),
			List.of(Parameter.of("warmup", 4_000, 400, 20), Parameter.of("ms", 3_000, 300, 20),
					Parameter.of("connections", 50, 50, 3), Parameter.of("size", "64"))),

	/** The same with larger messages. */
	H2("H2", "{size} bytes sent back to {connections} clients", "As H.",
			List.of(Metric.more("rate", "Round trips per second", "round trips/s"),
					Metric.less("cpu", "Processor time of the server per round trip", "µs")),
			List.of(Parameter.of("warmup", 4_000, 400, 20), Parameter.of("ms", 3_000, 300, 20),
					Parameter.of("connections", 50, 50, 3), Parameter.of("size", "16384"))),

	/** Growth of the cost of an exit. */
	SCALE("scale", "Children beside ever more idle ones",
			"One `/bin/true` at a time, beside a growing number of idle children. All contenders warmed up with only {warmup} children: "
					+ "compare these figures with each other, not with those of A and C.",
			List.of(Metric.less("cost", "Time per child", "µs"), Metric.less("threads", "Threads", "threads"),
					Metric.less("memory", "Memory for the idle children", "MiB")),
			List.of(Parameter.of("count", 300, 20, 2), Parameter.of("warmup", 500, 20, 1),
					new Parameter("alive", "0,100,1000,2000,5000,10000", "0,100,300", "0,2,4"))),

	/** Scaling of callbacks with loops. */
	LOOPS("loops", "Callbacks on several loops",
			"As the batches of E with fresh lambdas, on several loops, each in its own thread.",
			List.of(Metric.more("rate", "Callbacks of all loops", "callbacks/s")),
			List.of(Parameter.of("warmup", 1_500, 150, 2), Parameter.of("ms", 1_000, 150, 2),
					Parameter.of("loops", "1,2,4")));

	private final String id;

	private final String title;

	private final String explanation;

	private final List<Metric> metrics;

	private final List<Parameter> parameters;

	Case(String id, String title, String explanation, List<Metric> metrics, List<Parameter> parameters) {
		this.id = id;
		this.title = title;
		this.explanation = explanation;
		this.metrics = metrics;
		this.parameters = parameters;
	}

	static Case of(String id) {
		return Arrays.stream(values())
			.filter((candidate) -> candidate.id.equalsIgnoreCase(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no case '%s'; use some of %s".formatted(id,
					Arrays.stream(values()).map(Case::id).collect(Collectors.joining(", ")))));
	}

	/**
	 * Return its name on the command line.
	 * @return the name
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return its title.
	 * @param size how long is measured
	 * @return a few words
	 */
	public String title(Size size) {
		return withParameters(this.title, size);
	}

	/**
	 * Return an explanation of what it does.
	 * @param size how long is measured
	 * @return a sentence
	 */
	public String explanation(Size size) {
		return withParameters(this.explanation, size);
	}

	private String withParameters(String text, Size size) {
		String result = text;
		for (Parameter parameter : this.parameters) {
			result = result.replace("{" + parameter.name() + "}", parameter.value(size));
		}
		return result;
	}

	/**
	 * Return its metrics.
	 * @return the metrics, the most telling one first
	 */
	public List<Metric> metrics() {
		return this.metrics;
	}

	List<Parameter> parameters() {
		return this.parameters;
	}

	/**
	 * Return whether its metrics have several values, along a scale.
	 * @return whether they do
	 */
	public boolean isScaling() {
		return this == SCALE || this == LOOPS;
	}

}
