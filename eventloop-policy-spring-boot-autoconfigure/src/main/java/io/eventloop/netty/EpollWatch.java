package io.eventloop.netty;

import io.eventloop.selector.Selector;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor in a Netty loop's epoll, level-triggered.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/epoll.7.html">epoll(7)</a>
 */
final class EpollWatch extends DescriptorWatch implements EpollIoHandle {

	private static final int IN = 0x1;

	private static final int OUT = 0x4;

	/**
	 * EPOLLERR and EPOLLHUP, which are reported in any case.
	 */
	private static final int BROKEN = 0x8 | 0x10;

	private final FileDescriptor descriptor;

	EpollWatch(NettyDescriptors descriptors, int fd) {
		super(descriptors, fd);
		this.descriptor = new FileDescriptor(fd);
	}

	static @Nullable Throwable problem() {
		return Epoll.unavailabilityCause();
	}

	static boolean fits(IoEventLoop loop) {
		return loop.isCompatible(EpollIoHandle.class);
	}

	static IoHandlerFactory handlers() {
		return EpollIoHandler.newFactory();
	}

	@Override
	public FileDescriptor fd() {
		return this.descriptor;
	}

	@Override
	void submit(IoRegistration registration) {
		int wanted = interest();
		registration.submit(EpollIoOps
			.valueOf((((wanted & Selector.READ) != 0) ? IN : 0) | (((wanted & Selector.WRITE) != 0) ? OUT : 0)));
	}

	@Override
	void cancel(IoRegistration registration) {
		registration.cancel();
	}

	@Override
	public void handle(IoRegistration registration, IoEvent event) {
		int events = ((EpollIoEvent) event).ops().value();
		if ((events & BROKEN) != 0) {
			report(Selector.READ | Selector.WRITE);
		}
		else {
			report((((events & IN) != 0) ? Selector.READ : 0) | (((events & OUT) != 0) ? Selector.WRITE : 0));
		}
	}

}
