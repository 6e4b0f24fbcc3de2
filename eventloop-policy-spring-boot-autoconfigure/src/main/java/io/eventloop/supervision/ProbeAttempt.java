package io.eventloop.supervision;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.client.SubprocessClient;
import io.eventloop.supervision.Probe.Exec;
import io.eventloop.supervision.Probe.Http;
import io.eventloop.supervision.Probe.Tcp;
import io.eventloop.supervision.Probe.Unix;
import org.jspecify.annotations.Nullable;

/**
 * Asks a probe once. What blocks does so in the loop's executor, for a limited time.
 */
final class ProbeAttempt {

	private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

	private final EventLoop loop;

	private final Probe probe;

	private final Duration limit;

	/**
	 * Prepare to ask.
	 * @param limit how long the answer is waited for
	 */
	ProbeAttempt(EventLoop loop, Probe probe, Duration limit) {
		this.loop = loop;
		this.probe = probe;
		this.limit = limit;
	}

	/**
	 * Ask.
	 * @param answer told on the loop {@code null}, or why there was none
	 * @return what to cancel if the answer is of no interest any more
	 */
	CompletableFuture<?> start(Consumer<@Nullable String> answer) {
		CompletableFuture<?> attempt;
		try {
			attempt = attempt();
		}
		catch (RuntimeException ex) {
			// The executor was shut down, or children are refused
			attempt = CompletableFuture.failedFuture(ex);
		}
		attempt.whenComplete((done, failure) -> this.loop
			.callSoonThreadsafe(() -> answer.accept((failure != null) ? reason(failure) : null)));
		return attempt;
	}

	private static String reason(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		return (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName();
	}

	private CompletableFuture<?> attempt() {
		if (this.probe instanceof Exec exec) {
			return SubprocessClient.builder(this.loop)
				.ownLoopOnly()
				.errorsInMessages(false)
				.build()
				.exec(exec.command())
				.discardOutput()
				.timeout(this.limit)
				.runAsync();
		}
		return this.loop.runInExecutor(null, blocking());
	}

	private Callable<Boolean> blocking() {
		int millis = (int) Math.max(1, Math.min(this.limit.toMillis(), CONNECT_LIMIT.toMillis()));
		if (this.probe instanceof Tcp tcp) {
			return () -> connect(tcp, millis);
		}
		if (this.probe instanceof Unix unix) {
			return () -> connect(unix);
		}
		return () -> get((Http) this.probe, millis);
	}

	private static boolean connect(Tcp tcp, int millis) throws IOException {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(tcp.host(), tcp.port()), millis);
			return true;
		}
	}

	private static boolean connect(Unix unix) throws IOException {
		try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			return channel.connect(UnixDomainSocketAddress.of(unix.socket()));
		}
	}

	private static boolean get(Http http, int millis) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) http.uri().toURL().openConnection();
		connection.setConnectTimeout(millis);
		connection.setReadTimeout(millis);
		connection.setInstanceFollowRedirects(false);
		connection.setUseCaches(false);
		try {
			int status = connection.getResponseCode();
			if (status < 200 || status >= 400) {
				throw new IOException("status %d".formatted(status));
			}
			return true;
		}
		finally {
			connection.disconnect();
		}
	}

}
