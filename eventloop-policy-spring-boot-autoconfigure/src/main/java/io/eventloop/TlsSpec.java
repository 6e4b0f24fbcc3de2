package io.eventloop;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

import org.jspecify.annotations.Nullable;

/**
 * How a connection is encrypted. Immutable. Spring Boot's {@code SslBundle} makes the
 * context: {@code TlsSpec.server(bundles.getBundle("web").createSslContext())}.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-eventloop.html#tls-upgrade"> asyncio, TLS
 * Upgrade</a>
 * @since 0.1.0
 */
public final class TlsSpec {

	private static final Duration DEFAULT_HANDSHAKE_TIMEOUT = Duration.ofSeconds(60);

	private static final Duration DEFAULT_SHUTDOWN_TIMEOUT = Duration.ofSeconds(30);

	private final SSLContext context;

	private final boolean server;

	private final @Nullable String serverName;

	private final Duration handshakeTimeout;

	private final Duration shutdownTimeout;

	private final Consumer<SSLParameters> parameters;

	private TlsSpec(SSLContext context, boolean server, @Nullable String serverName, Duration handshakeTimeout,
			Duration shutdownTimeout, Consumer<SSLParameters> parameters) {
		this.context = context;
		this.server = server;
		this.serverName = serverName;
		this.handshakeTimeout = handshakeTimeout;
		this.shutdownTimeout = shutdownTimeout;
		this.parameters = parameters;
	}

	/**
	 * Be the client. The server's certificate must be trusted by the context, and be for
	 * the host that is connected to.
	 * @param context the context
	 * @return the specification
	 */
	public static TlsSpec client(SSLContext context) {
		return create(context, false);
	}

	/**
	 * Be the server.
	 * @param context the context, with the server's key
	 * @return the specification
	 */
	public static TlsSpec server(SSLContext context) {
		return create(context, true);
	}

	private static TlsSpec create(SSLContext context, boolean server) {
		Objects.requireNonNull(context, "'context' must not be null");
		return new TlsSpec(context, server, null, DEFAULT_HANDSHAKE_TIMEOUT, DEFAULT_SHUTDOWN_TIMEOUT, (parameters) -> {
		});
	}

	/**
	 * Expect a server of another name than the host that is connected to.
	 * @param name the name in its certificate, which the server is told, too
	 * @return a changed specification
	 * @throws IllegalStateException if this is a server's specification
	 */
	public TlsSpec serverName(String name) {
		Objects.requireNonNull(name, "'name' must not be null");
		if (this.server) {
			throw new IllegalStateException("A server names itself in its certificate; do not set 'serverName'");
		}
		return new TlsSpec(this.context, false, name, this.handshakeTimeout, this.shutdownTimeout, this.parameters);
	}

	/**
	 * Limit the handshake.
	 * @param timeout its time; 60 seconds if not set
	 * @return a changed specification
	 * @throws IllegalArgumentException if it is not positive
	 */
	public TlsSpec handshakeTimeout(Duration timeout) {
		return new TlsSpec(this.context, this.server, this.serverName, requirePositive("handshakeTimeout", timeout),
				this.shutdownTimeout, this.parameters);
	}

	/**
	 * Limit the time in which what is written, and the word that nothing more comes, has
	 * to be sent when the connection is closed.
	 * @param timeout the time; 30 seconds if not set
	 * @return a changed specification
	 * @throws IllegalArgumentException if it is not positive
	 */
	public TlsSpec shutdownTimeout(Duration timeout) {
		return new TlsSpec(this.context, this.server, this.serverName, this.handshakeTimeout,
				requirePositive("shutdownTimeout", timeout), this.parameters);
	}

	private static Duration requirePositive(String name, Duration timeout) {
		Objects.requireNonNull(timeout, () -> "'%s' must not be null".formatted(name));
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("'%s' is %s; give a positive duration".formatted(name, timeout));
		}
		return timeout;
	}

	/**
	 * Change what else is negotiated: protocols, cipher suites, client authentication, or
	 * whether a client checks the server's name.
	 * @param change changes the parameters of each connection; called on the loop's
	 * thread
	 * @return a changed specification
	 */
	public TlsSpec parameters(Consumer<SSLParameters> change) {
		Objects.requireNonNull(change, "'change' must not be null");
		return new TlsSpec(this.context, this.server, this.serverName, this.handshakeTimeout, this.shutdownTimeout,
				change);
	}

	/**
	 * Return what knows the keys and whom to trust.
	 * @return the context
	 */
	public SSLContext context() {
		return this.context;
	}

	/**
	 * Return whether this end is the server.
	 * @return whether it is
	 */
	public boolean isServer() {
		return this.server;
	}

	/**
	 * Return the expected name of the server.
	 * @return the name, or {@code null} for the host that is connected to
	 */
	public @Nullable String serverName() {
		return this.serverName;
	}

	/**
	 * Return the limit of the handshake.
	 * @return its time
	 */
	public Duration handshakeTimeout() {
		return this.handshakeTimeout;
	}

	/**
	 * Return the limit of the close.
	 * @return its time
	 */
	public Duration shutdownTimeout() {
		return this.shutdownTimeout;
	}

	/**
	 * Return what changes the parameters.
	 * @return the change
	 */
	public Consumer<SSLParameters> parameters() {
		return this.parameters;
	}

	@Override
	public String toString() {
		return "TlsSpec[%s]".formatted(this.server ? "server" : "client");
	}

}
