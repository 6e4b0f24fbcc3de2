package io.eventloop.samples.benchmarks.report;

import java.util.Map;
import java.util.Optional;

import io.eventloop.samples.benchmarks.Case;
import io.eventloop.samples.benchmarks.Results;
import io.eventloop.samples.benchmarks.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * What is to be reached: by a figure, or by its ratio to a peer's.
 *
 * @param tested the case
 * @param metric the figure
 * @param contender whose
 * @param peer to whose it relates, {@code null} if to none
 * @param bound the sign, {@code ≥} or {@code ≤}
 * @param value the least or the most it may be
 */
record Goal(Case tested, String metric, String contender, @Nullable String peer, String bound, double value) {

	private static final String AT_LEAST = "≥";

	private static final String AT_MOST = "≤";

	private static final Map<String, String> PEERS = Map.of("c", "C", "c-ping", "C", "jdk", "`ProcessBuilder`",
			"jdk-vfork", "`ProcessBuilder` with VFORK", "nuprocess", "NuProcess", "node", "Node", "asyncio-pidfd",
			"asyncio", "netty-nio", "Netty NIO", "netty-epoll", "Netty epoll");

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
