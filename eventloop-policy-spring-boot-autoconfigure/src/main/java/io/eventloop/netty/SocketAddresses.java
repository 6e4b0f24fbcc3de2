package io.eventloop.netty;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import io.eventloop.EventLoop;
import io.netty.util.NetUtil;

/**
 * Finds the addresses of names, and looks after what is in the place of a Unix socket.
 */
final class SocketAddresses {

	/** Of stat(2): what kind of file it is, and a socket. */
	private static final int KIND = 0170000;

	private static final int SOCKET = 0140000;

	private SocketAddresses() {
	}

	/**
	 * Return the addresses. A name is looked up in the loop's default executor, as that
	 * blocks.
	 */
	static CompletionStage<List<SocketAddress>> resolve(EventLoop loop, SocketAddress address) {
		if (!(address instanceof InetSocketAddress inet) || !inet.isUnresolved()) {
			return CompletableFuture.completedFuture(List.of(address));
		}
		byte[] literal = NetUtil.createByteArrayFromIpAddressString(inet.getHostString());
		if (literal != null) {
			return CompletableFuture.completedFuture(List.of(literal(inet, literal)));
		}
		return loop.runInExecutor(null, () -> lookUp(inet));
	}

	private static SocketAddress literal(InetSocketAddress address, byte[] bytes) {
		try {
			return new InetSocketAddress(InetAddress.getByAddress(bytes), address.getPort());
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException("%s is not an address".formatted(address), ex);
		}
	}

	private static List<SocketAddress> lookUp(InetSocketAddress name) throws UnknownHostException {
		return Stream.of(InetAddress.getAllByName(name.getHostString()))
			.<SocketAddress>map((found) -> new InetSocketAddress(found, name.getPort()))
			.toList();
	}

	/**
	 * Refuse to listen where a file is: Netty removes whatever is there, and that is only
	 * meant for the socket that an earlier server has left.
	 */
	static void requireFree(SocketAddress address) throws IOException {
		if (address instanceof UnixDomainSocketAddress unix && Files.exists(unix.getPath())
				&& !isSocket(unix.getPath())) {
			throw new BindException("Address already in use: %s is a file and no socket; choose another path"
				.formatted(unix.getPath()));
		}
	}

	private static boolean isSocket(Path path) throws IOException {
		return ((int) Files.getAttribute(path, "unix:mode") & KIND) == SOCKET;
	}

}
