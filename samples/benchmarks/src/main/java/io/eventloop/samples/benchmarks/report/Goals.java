package io.eventloop.samples.benchmarks.report;

import java.util.List;

import io.eventloop.samples.benchmarks.Case;

import static io.eventloop.samples.benchmarks.report.Goal.atLeast;
import static io.eventloop.samples.benchmarks.report.Goal.atMost;

/**
 * The goals of this project, derived from its peers' figures at its start.
 */
final class Goals {

	static final List<Goal> ALL = List.of(
			// Children one at a time
			atLeast(0.95, Case.A, "rate", "pidfd", "c"), atLeast(1.2, Case.A, "rate", "pidfd", "asyncio-pidfd"),
			atLeast(2.3, Case.A, "rate", "pidfd", "jdk"), atLeast(1.2, Case.A, "rate", "pidfd", "jdk-vfork"),
			atLeast(1, Case.A, "rate", "pidfd", "node"), atLeast(0.85, Case.A, "rate", "threaded", "c"),
			atLeast(0.75, Case.A0, "rate", "pidfd", "c"), atLeast(0.90, Case.A3, "rate", "pidfd", "c"),
			atLeast(0.9, Case.COLD, "rate", "pidfd", "c"), atMost(2, Case.COLD, "p99", "pidfd", "c"),
			atLeast(0.9, Case.COLD_B, "rate", "pidfd", "c"),
			// Children at once
			atLeast(0.90, Case.B, "rate", "pidfd", "c"), atLeast(1.2, Case.B, "rate", "pidfd", "asyncio-pidfd"),
			atLeast(2.3, Case.B, "rate", "pidfd", "jdk"), atLeast(1.2, Case.B, "rate", "pidfd", "jdk-vfork"),
			atLeast(1, Case.B, "rate", "pidfd", "nuprocess"), atLeast(1, Case.B, "rate", "pidfd", "node"),
			atLeast(0.85, Case.B, "rate", "threaded", "c"), atMost(1.1, Case.B, "cpu", "pidfd", "c"),
			// Children beside idle ones
			atMost(1.25, Case.C, "slower", "pidfd", null), atMost(1.5, Case.C, "slower", "safe", null),
			atMost(1.5, Case.C, "slower", "multi-loop", null), atMost(0, Case.C, "threads", "pidfd", null),
			atMost(2.5, Case.C, "memory", "pidfd", null), atMost(1, Case.C, "memory", "threaded", "jdk"),
			atMost(1.15, Case.C, "slower", "io-uring", null), atMost(0, Case.C, "threads", "io-uring", null),
			atMost(1.1, Case.C, "slower", "io-uring", "c-io-uring"), atMost(1.3, Case.MASS, "time", "pidfd", "c"),
			// Data
			atLeast(0.85, Case.D, "rate", "pidfd", "c"), atLeast(0.95, Case.D, "rate", "client", "pidfd"),
			atLeast(1.5, Case.D, "rate", "client", "jdk-pump"), atLeast(1, Case.S1, "rate", "pidfd", "jdk"),
			atLeast(0.95, Case.S1, "rate", "pidfd", "c"), atLeast(1, Case.S2, "rate", "client", "jdk"),
			atLeast(0.95, Case.S2, "rate", "client", "c"), atMost(1, Case.S3, "time", "pidfd", "jdk"),
			// Callbacks
			atLeast(1, Case.E, "batch-fresh", "epoll", "netty-nio"),
			atLeast(1, Case.E, "batch-fresh", "epoll", "netty-epoll"),
			atLeast(0.7, Case.E, "batch", "epoll", "netty-nio"), atLeast(0.7, Case.E, "batch", "epoll", "netty-epoll"),
			atLeast(20e6, Case.E, "chain", "epoll", null), atLeast(20e6, Case.E, "chain-fresh", "epoll", null),
			atLeast(1, Case.F, "submit", "epoll", "netty-nio"), atLeast(1, Case.F, "submit", "epoll", "netty-epoll"),
			atLeast(1, Case.F, "submit-fresh", "epoll", "netty-nio"),
			atLeast(1, Case.F, "submit-fresh", "epoll", "netty-epoll"),
			atMost(1.1, Case.PING, "p50", "epoll", "c-ping"),
			atLeast(0.9, Case.E, "batch-fresh", "on-netty-epoll", "netty-epoll"),
			atLeast(0.9, Case.E, "batch", "on-netty-epoll", "netty-epoll"),
			atLeast(0.9, Case.E, "chain-fresh", "on-netty-epoll", "netty-epoll"),
			atLeast(0.9, Case.E, "chain", "on-netty-epoll", "netty-epoll"),
			atLeast(0.9, Case.F, "submit-fresh", "on-netty-epoll", "netty-epoll"),
			atLeast(0.9, Case.F, "submit", "on-netty-epoll", "netty-epoll"),
			// Network
			atLeast(0.97, Case.H, "rate", "on-netty-nio", "netty-nio"),
			atLeast(0.97, Case.H, "rate", "on-netty-epoll", "netty-epoll"),
			atLeast(0.97, Case.H, "rate", "on-netty-io-uring", "netty-io-uring"),
			atLeast(0.97, Case.H2, "rate", "on-netty-nio", "netty-nio"),
			atLeast(0.97, Case.H2, "rate", "on-netty-epoll", "netty-epoll"),
			atLeast(0.97, Case.H2, "rate", "on-netty-io-uring", "netty-io-uring"),
			// Timers
			atMost(0.6, Case.G2, "cpu", "epoll", null), atMost(0.65, Case.G2, "late", "epoll", null));

	private Goals() {
	}

}
