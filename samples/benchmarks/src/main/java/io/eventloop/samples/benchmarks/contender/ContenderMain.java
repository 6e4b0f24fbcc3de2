package io.eventloop.samples.benchmarks.contender;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;

/**
 * Runs one contender in one case, then ends: {@code eventloop:epoll:pidfd A count=100 …}.
 */
public final class ContenderMain {

	private static final Set<String> NETWORK_CASES = Set.of("H", "H2");

	private static final Set<String> LOOP_CASES = Set.of("E", "F", "ping", "G2", "loops");

	private ContenderMain() {
	}

	/**
	 * Run it.
	 * @param args the contender, the case and its parameters
	 * @throws Exception if it fails
	 */
	public static void main(String[] args) throws Exception {
		Arguments arguments = Arguments.of(List.of(args).subList(1, args.length));
		List<String> contender = Arrays.asList(args[0].split(":", -1));
		if (NETWORK_CASES.contains(arguments.caseName())) {
			echoServer(contender).serve();
		}
		else if (LOOP_CASES.contains(arguments.caseName())) {
			loopCases(contender, arguments).run();
		}
		else {
			new ChildCases(childProgram(contender), arguments, new Figures()).run();
		}
		// NuProcess's threads and loops are still there
		Runtime.getRuntime().halt(0);
	}

	private static ChildProgram childProgram(List<String> contender) {
		return switch (contender.get(0)) {
			case "eventloop" -> new EventLoopChildren(contender.get(1), contender.stream().skip(2).findFirst());
			case "client" -> new ClientChildren(contender.get(1), contender.get(2));
			case "jdk" -> new JdkChildren(contender.contains("pump"));
			case "nuprocess" -> new NuChildren();
			default -> throw new IllegalArgumentException("No contender " + contender);
		};
	}

	private static EchoServer echoServer(List<String> contender) {
		return switch (contender.get(0)) {
			case "eventloop" -> new EventLoopEcho(contender.get(1));
			case "netty-nio" -> new NettyEcho(NioIoHandler.newFactory(), NioServerSocketChannel::new);
			case "netty-epoll" -> new NettyEcho(EpollIoHandler.newFactory(), EpollServerSocketChannel::new);
			case "netty-io-uring" -> new NettyEcho(IoUringIoHandler.newFactory(), IoUringServerSocketChannel::new);
			default -> throw new IllegalArgumentException("No contender " + contender);
		};
	}

	private static LoopCases<?> loopCases(List<String> contender, Arguments arguments) {
		Figures figures = new Figures();
		return switch (contender.get(0)) {
			case "eventloop" -> new LoopCases<>(() -> new EventLoopProgram(contender.get(1)), arguments, figures);
			case "netty-nio" -> new LoopCases<>(() -> new NettyLoop(NioIoHandler.newFactory()), arguments, figures);
			case "netty-epoll" -> new LoopCases<>(() -> new NettyLoop(EpollIoHandler.newFactory()), arguments, figures);
			case "scheduler" -> new LoopCases<>(SchedulerLoop::new, arguments, figures);
			default -> throw new IllegalArgumentException("No contender " + contender);
		};
	}

}
