package io.eventloop.samples.benchmarks.report;

import java.util.Map;
import java.util.Optional;

import io.eventloop.samples.benchmarks.Case;
import io.eventloop.samples.benchmarks.Results;
import io.eventloop.samples.benchmarks.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * A goal for a figure, or for its ratio to a peer's.
 *
 * @param tested the case
 * @param metric the figure
 * @param contender the contender
 * @param peer the peer to compare with, or {@code null} for none
 * @param bound the sign, {@code ≥} or {@code ≤}
 * @param value the minimum or maximum
 */
record Goal(Case tested, String metric, String contender, @Nullable String peer, String bound, double value) {

	private static final String AT_LEAST = "≥";

	private static final String AT_MOST = "≤";

	private static final Map<String, String> PEERS = Map.ofEntries(Map.entry("c", "C"), Map.entry("c-ping", "C"),
			Map.entry("c-io-uring", "C"), Map.entry("jdk", "`ProcessBuilder`"),
			Map.entry("jdk-vfork", "`ProcessBuilder` with VFORK"),
			Map.entry("jdk-pump", "`ProcessBuilder` with a pump thread"), Map.entry("nuprocess", "NuProcess"),
			Map.entry("node", "Node"), Map.entry("asyncio-pidfd", "asyncio"), Map.entry("netty-nio", "Netty NIO"),
			Map.entry("netty-epoll", "Netty epoll"), Map.entry("netty-io-uring", "Netty io_uring"));

	static Goal atLeast(double value, Case tested, String metric, String contender, @Nullable String peer) {
		return new Goal(tested, metric, contender, peer, AT_LEAST, value);
	}

	static Goal atMost(double value, Case tested, String metric, String contender, @Nullable String peer) {
		return new Goal(tested, metric, contender, peer, AT_MOST, value);
	}

	Optional<Statistics> reached(Results results) {
		return (this.peer != null) ? results.ratio(this.tested, this.contender, this.peer, this.metric)
				: results.statistics(this.tested, this.contender, this.metric);
	}

	boolean holds(double reached) {
		return this.bound.equals(AT_LEAST) ? reached >= this.value : reached <= this.value;
	}

	String describe() {
		return "%s %s %s%s".formatted(this.contender, this.bound, Numbers.format(this.value),
				(this.peer != null) ? " × " + PEERS.getOrDefault(this.peer, this.peer) : "");
	}

}
