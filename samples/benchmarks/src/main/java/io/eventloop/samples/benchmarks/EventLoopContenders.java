package io.eventloop.samples.benchmarks;

import java.util.Set;

import io.eventloop.netty.NettyTransport;
import io.eventloop.posix.PosixPlatform;
import io.eventloop.samples.benchmarks.Contender.Kind;

/**
 * This project's watchers, client and loops, one per line. The proactor has no watcher.
 * After {@code eventloop:} come the selector and the watcher, by their names in
 * {@code EventLoopProgram} and {@code EventLoopChildren}.
 */
final class EventLoopContenders {

	private EventLoopContenders() {
	}

	static void join(Contenders contenders, JavaCommand java) {
		contenders.add(eventLoop("pidfd", "eventloop:epoll:pidfd", true, CaseSets.CHILDREN_AND_LIMITS, java));
		PosixPlatform.ioUringProblem()
			.ifPresentOrElse((problem) -> contenders.missing("io-uring: " + problem), () -> contenders
				.add(eventLoop("io-uring", "eventloop:epoll:io-uring", true, CaseSets.CHILDREN_AND_LIMITS, java)));
		contenders
			.add(eventLoop("threaded", "eventloop:epoll:threaded", true, CaseSets.CHILDREN_LIMITS_AND_FIRST, java));
		contenders.add(new Contender("client", "this project, client", Kind.OURS, true, CaseSets.EXCHANGE_AND_STREAMS,
				java.of("client:epoll:pidfd")));
		contenders
			.add(eventLoop("multi-loop", "eventloop:epoll:multi-loop", false, CaseSets.CHILDREN_AND_LIMITS, java));
		contenders.add(eventLoop("safe", "eventloop:epoll:safe", false, CaseSets.CHILDREN_AND_LIMITS, java));
		contenders.add(eventLoop("fast", "eventloop:epoll:fast", false, CaseSets.CHILDREN_AND_LIMITS, java));
		contenders.add(eventLoop("pidfd-poll", "eventloop:poll:pidfd", false, CaseSets.CHILDREN_AND_LIMITS, java));
		contenders.add(new Contender("proactor", "this project, proactor", Kind.OURS, false,
				CaseSets.CHILDREN_STREAMS_AND_LOOPS, java.of("eventloop:proactor"), Bounds.COMPILED_MEANWHILE));
		contenders.add(eventLoop("epoll", "eventloop:epoll", true, CaseSets.LOOPS_AND_SCALE, java));
		contenders.add(eventLoop("poll", "eventloop:poll", false, CaseSets.LOOPS, java));
		contenders.add(eventLoop("nio", "eventloop:nio", false, CaseSets.LOOPS, java));
		onNetty(contenders, NettyTransport.NIO, CaseSets.NETWORK, java);
		onNetty(contenders, NettyTransport.EPOLL, CaseSets.LOOPS_AND_NETWORK, java);
		onNetty(contenders, NettyTransport.IO_URING, CaseSets.NETWORK, java);
	}

	private static void onNetty(Contenders contenders, NettyTransport transport, Set<Case> cases, JavaCommand java) {
		String program = "netty-" + transport.toString().replace('_', '-');
		transport.problem()
			.ifPresentOrElse((problem) -> contenders.missing("On Netty, %s: %s".formatted(transport, problem)),
					() -> contenders.add(new Contender("on-" + program, "this project, on Netty, " + transport,
							Kind.OURS, true, cases, java.of("eventloop:" + program))));
	}

	private static Contender eventLoop(String id, String program, boolean main, Set<Case> cases, JavaCommand java) {
		return new Contender(id, "this project, " + id.replace("-poll", " over poll"), Kind.OURS, main, cases,
				java.of(program));
	}

}
