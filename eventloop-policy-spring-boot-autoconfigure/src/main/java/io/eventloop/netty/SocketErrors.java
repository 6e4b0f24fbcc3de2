package io.eventloop.netty;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.NoSuchFileException;

/**
 * The JDK's exceptions for those of Netty's own transports, which name errors as the
 * system does.
 */
final class SocketErrors {

	private SocketErrors() {
	}

	/**
	 * Return why an address could not be listened on.
	 */
	static Throwable binding(Throwable failure, SocketAddress address) {
		if (!(failure instanceof IOException) || failure instanceof BindException) {
			return failure;
		}
		return with(new BindException("%s cannot be listened on: %s".formatted(address, failure.getMessage())),
				failure);
	}

	/**
	 * Return why an address could not be connected to.
	 */
	static Throwable connecting(Throwable failure, SocketAddress address) {
		if (address instanceof UnixDomainSocketAddress unix && failure instanceof FileNotFoundException) {
			return with(new NoSuchFileException(unix.getPath().toString()), failure);
		}
		if (!(failure instanceof IOException) || failure instanceof ConnectException) {
			return failure;
		}
		return with(new ConnectException("%s cannot be connected to: %s".formatted(address, failure.getMessage())),
				failure);
	}

	private static <T extends IOException> T with(T explained, Throwable cause) {
		explained.initCause(cause);
		return explained;
	}

}
