package io.eventloop.netty;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

import io.eventloop.TlsSpec;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * The encryption of a connection, by Netty's handler, which is only loaded here.
 */
final class Tls {

	private final SslHandler handler;

	private Tls(SslHandler handler) {
		this.handler = handler;
	}

	/**
	 * Refuse what cannot be encrypted, before anything is opened.
	 * @throws IllegalArgumentException if the server's name is not known
	 */
	static void require(TlsSpec spec, SocketAddress peer) {
		if (!spec.isServer() && spec.serverName() == null && !(peer instanceof InetSocketAddress)) {
			throw new IllegalArgumentException(
					"%s has no name that a certificate could have; set TlsSpec.serverName".formatted(peer));
		}
	}

	/**
	 * Prepare to encrypt.
	 * @param peer what is connected to, which gives the server's name unless the
	 * specification has one
	 */
	static Tls of(TlsSpec spec, SocketAddress peer) {
		SSLEngine engine = spec.isServer() ? spec.context().createSSLEngine() : clientEngine(spec, peer);
		engine.setUseClientMode(!spec.isServer());
		SSLParameters parameters = engine.getSSLParameters();
		if (!spec.isServer()) {
			checkName(parameters, engine.getPeerHost());
		}
		spec.parameters().accept(parameters);
		engine.setSSLParameters(parameters);
		SslHandler handler = new SslHandler(engine);
		handler.setHandshakeTimeoutMillis(spec.handshakeTimeout().toMillis());
		handler.setCloseNotifyFlushTimeoutMillis(spec.shutdownTimeout().toMillis());
		return new Tls(handler);
	}

	private static SSLEngine clientEngine(TlsSpec spec, SocketAddress peer) {
		int port = (peer instanceof InetSocketAddress inet) ? inet.getPort() : -1;
		String name = spec.serverName();
		if (name == null && peer instanceof InetSocketAddress inet) {
			name = inet.getHostString();
		}
		return spec.context().createSSLEngine(name, port);
	}

	private static void checkName(SSLParameters parameters, String name) {
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		if (!NetUtil.isValidIpV4Address(name) && !NetUtil.isValidIpV6Address(name)) {
			parameters.setServerNames(List.of(new SNIHostName(name)));
		}
	}

	/**
	 * Begin to encrypt. On the channel's loop.
	 * @return completes after the handshake; fails with {@link SSLException}, or another
	 * {@link java.io.IOException}
	 */
	CompletableFuture<Channel> start(Channel channel) {
		CompletableFuture<Channel> done = new CompletableFuture<>();
		channel.pipeline().addFirst(this.handler, new Events());
		channel.config().setAutoRead(true);
		this.handler.handshakeFuture().addListener((handshake) -> {
			if (handshake.isSuccess()) {
				done.complete(channel);
			}
			else {
				done.completeExceptionally(explain(handshake.cause(), channel.remoteAddress()));
			}
		});
		return done;
	}

	private static Throwable explain(Throwable failure, @Nullable SocketAddress peer) {
		if (!(failure instanceof ClosedChannelException)) {
			return failure;
		}
		SSLException explained = new SSLHandshakeException(
				"The connection to %s was closed in the handshake".formatted(peer));
		explained.initCause(failure);
		return explained;
	}

	SSLSession session() {
		return this.handler.engine().getSession();
	}

	/**
	 * Close without a word to the other side.
	 */
	void cut(Channel channel) {
		ChannelHandlerContext place = channel.pipeline().context(this.handler);
		if (place != null) {
			place.close();
		}
		else {
			channel.close();
		}
	}

	/**
	 * Tells the end of encrypted data as the end of data, and an error without what Netty
	 * wraps around it.
	 */
	private static final class Events extends ChannelInboundHandlerAdapter {

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
			if (event instanceof SslCloseCompletionEvent end && end.isSuccess()) {
				context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
			}
			else {
				super.userEventTriggered(context, event);
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable failure) throws Exception {
			super.exceptionCaught(context, (failure.getCause() instanceof SSLException cause) ? cause : failure);
		}

	}

}
