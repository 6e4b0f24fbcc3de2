package io.eventloop;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Serves the clients of a server, one call each. asyncio's {@code client_connected_cb}.
 *
 * @see NetworkLoop#startServer
 * @since 0.1.0
 */
@FunctionalInterface
public interface StreamHandler {

	/**
	 * Called when a client has connected, on the loop's thread. The streams are the
	 * handler's to close. If it throws, the connection is closed as if its work had
	 * failed.
	 * @param client the connection
	 * @return the work for it: if it fails, the connection is closed and the error goes
	 * to the loop's exception handler; {@code null} if there is nothing to wait for
	 */
	@Nullable CompletionStage<?> connected(StreamConnection client);

}
