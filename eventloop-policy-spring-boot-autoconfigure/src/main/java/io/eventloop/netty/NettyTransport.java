package io.eventloop.netty;

import java.util.Optional;
import java.util.stream.Stream;

import io.eventloop.UnsupportedPlatformException;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoHandler;

/**
 * What Netty waits with.
 *
 * @since 0.1.0
 */
public enum NettyTransport {

	/**
	 * Java NIO, which works on every system: waits for channels, so that the pipes of
	 * children are read and written by threads.
	 */
	NIO("nio") {

		@Override
		public Optional<String> problem() {
			return Optional.empty();
		}

		@Override
		IoHandlerFactory handlers() {
			return NioIoHandler.newFactory();
		}

		@Override
		boolean isOf(IoEventLoop loop) {
			return loop.isCompatible(NioIoHandle.class);
		}

	},

	/**
	 * Linux's epoll.
	 */
	EPOLL("epoll") {

		@Override
		public Optional<String> problem() {
			return Problems.find("netty-transport-classes-epoll", EpollWatch::problem);
		}

		@Override
		IoHandlerFactory handlers() {
			return EpollWatch.handlers();
		}

		@Override
		boolean isOf(IoEventLoop loop) {
			return EpollWatch.fits(loop);
		}

	};

	private final String text;

	NettyTransport(String text) {
		this.text = text;
	}

	/**
	 * Return the best that works here: epoll if it does, otherwise NIO.
	 * @return the transport
	 */
	public static NettyTransport auto() {
		return Stream.of(EPOLL, NIO).filter((transport) -> transport.problem().isEmpty()).findFirst().orElse(NIO);
	}

	/**
	 * Return why it does not work here.
	 * @return a sentence, empty if it works
	 */
	public abstract Optional<String> problem();

	/**
	 * Return what creates the I/O handler of a loop that any thread may run, one after
	 * another.
	 */
	abstract IoHandlerFactory handlers();

	/**
	 * Return whether a loop waits with it.
	 */
	abstract boolean isOf(IoEventLoop loop);

	/**
	 * Return what a loop waits with.
	 */
	static NettyTransport of(IoEventLoop loop) {
		return Stream.of(EPOLL, NIO)
			.filter((transport) -> transport.problem().isEmpty() && transport.isOf(loop))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"%s waits with neither NIO nor epoll; share a loop of one of those".formatted(loop)));
	}

	void require() {
		problem().ifPresent((problem) -> {
			throw new UnsupportedPlatformException(
					"Netty's transport %s does not work here: %s".formatted(this, problem),
					"choose eventloop.netty.transport=auto or nio");
		});
	}

	@Override
	public String toString() {
		return this.text;
	}

}
