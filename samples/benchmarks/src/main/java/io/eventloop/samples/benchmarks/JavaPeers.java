package io.eventloop.samples.benchmarks;

import java.util.Map;

import com.zaxxer.nuprocess.NuProcess;
import io.eventloop.samples.benchmarks.Contender.Kind;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;

/**
 * The peers written in Java.
 */
final class JavaPeers {

	private JavaPeers() {
	}

	static void join(Contenders contenders, JavaCommand java) {
		contenders.version("Java", System.getProperty("java.vm.name") + " " + Runtime.version());
		contenders.add(new Contender("jdk", "JDK, ProcessBuilder", Kind.PEER, true, CaseSets.CHILDREN_STREAMS_AND_FIRST,
				java.of("jdk"), Bounds.COMPILED_MEANWHILE));
		contenders.add(new Contender("jdk-vfork", "JDK, ProcessBuilder with VFORK", Kind.PEER, true, CaseSets.CHILDREN,
				java.of("jdk", "-Djdk.lang.Process.launchMechanism=VFORK"), Bounds.COMPILED_MEANWHILE));
		contenders.add(new Contender("jdk-pump", "JDK, ProcessBuilder with a pump thread", Kind.PEER, true,
				CaseSets.EXCHANGE, java.of("jdk:pump"), Bounds.COMPILED_MEANWHILE));
		nuProcess(contenders, java);
		contenders.add(new Contender("scheduler", "JDK, ScheduledThreadPoolExecutor(1)", Kind.PEER, true,
				CaseSets.LOOPS, java.of("scheduler")));
		netty(contenders, java);
	}

	/**
	 * With one child at a time it takes 100 ms or more for each, and with many alive it
	 * takes minutes to notice all exits.
	 */
	private static void nuProcess(Contenders contenders, JavaCommand java) {
		Map<String, Integer> few = Map.of("count", 20, "warmup", 2, "warmups", 1);
		Map<String, Integer> noneBesideFew = Map.of("count", 0, "warmup", 2, "alive", 500);
		contenders.version("NuProcess", NuProcess.class);
		contenders.add(new Contender("nuprocess", "NuProcess", Kind.PEER, true, CaseSets.CHILDREN_WITH_PIPES,
				java.of("nuprocess"), Bounds.COMPILED_MEANWHILE
					.and(Map.of(Case.A3, few, Case.D, few, Case.C, noneBesideFew, Case.MASS, few))));
	}

	private static void netty(Contenders contenders, JavaCommand java) {
		contenders.version("Netty", EventLoop.class);
		contenders.add(new Contender("netty-nio", "Netty, NIO", Kind.PEER, true, CaseSets.LOOPS_SCALE_AND_NETWORK,
				java.of("netty-nio")));
		if (Epoll.isAvailable()) {
			contenders.add(new Contender("netty-epoll", "Netty, epoll", Kind.PEER, true,
					CaseSets.LOOPS_SCALE_AND_NETWORK, java.of("netty-epoll")));
		}
		else {
			contenders.missing("Netty, epoll: there is no native library for this machine");
		}
		if (IoUring.isAvailable()) {
			contenders.add(new Contender("netty-io-uring", "Netty, io_uring", Kind.PEER, true, CaseSets.NETWORK,
					java.of("netty-io-uring")));
		}
		else {
			contenders.missing("Netty, io_uring: " + IoUring.unavailabilityCause().getMessage());
		}
	}

}
