package io.eventloop.samples.benchmarks.contender;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * A server with one thread that sends back what it receives. Its clients are
 * {@code load.c}, which starts it and ends it.
 */
interface EchoServer {

	/**
	 * Where it listens: on any port.
	 */
	String HOST = "127.0.0.1";

	/**
	 * Listen, print the port, and serve until the process is killed.
	 * @throws Exception if it cannot listen
	 */
	void serve() throws Exception;

	/**
	 * Tell the clients where to connect to.
	 * @param address where the server listens
	 */
	static void print(SocketAddress address) {
		new Figures().print("port", ((InetSocketAddress) address).getPort());
	}

}
