package io.eventloop.netty;

import io.eventloop.selector.Selector;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoEvent;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringIoOps;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor in a Netty loop's io_uring, polled once at a time. What has reported is
 * polled again when the loop looks for events the next time, which makes it
 * level-triggered. A poll under way keeps its file open, so one that is not wanted any
 * more is cancelled, and the ring is given that before it waits.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/io_uring_enter.2.html">
 * io_uring_enter(2), IORING_OP_POLL_ADD</a>
 */
final class IoUringWatch extends DescriptorWatch implements IoUringIoHandle {

	private static final byte POLL_ADD = 6;

	private static final byte ASYNC_CANCEL = 14;

	private static final int IN = 0x1;

	private static final int OUT = 0x4;

	/**
	 * POLLERR and POLLHUP, which are reported in any case.
	 */
	private static final int BROKEN = 0x8 | 0x10;

	private static final int ECANCELED = 125;

	private static final long NONE = 0;

	/**
	 * The poll that is under way.
	 */
	private long poll = NONE;

	private boolean cancelling;

	IoUringWatch(NettyDescriptors descriptors, int fd) {
		super(descriptors, fd);
	}

	static @Nullable Throwable problem() {
		return IoUring.unavailabilityCause();
	}

	static boolean fits(IoEventLoop loop) {
		return loop.isCompatible(IoUringIoHandle.class);
	}

	/**
	 * A ring of a single issuer would belong to the first thread that uses it.
	 */
	static IoHandlerFactory handlers() {
		return IoUringIoHandler.newFactory(new IoUringIoHandlerConfig().setSingleIssuer(false));
	}

	/**
	 * A poll begins before the next wait, for all that is wanted by then.
	 */
	@Override
	void submit(IoRegistration registration) {
		if (this.poll != NONE) {
			cancelPoll(registration);
		}
		else {
			descriptors().pollAgain(this, registration);
		}
	}

	private void poll(IoRegistration registration) {
		int wanted = interest();
		int events = (((wanted & Selector.READ) != 0) ? IN : 0) | (((wanted & Selector.WRITE) != 0) ? OUT : 0);
		this.poll = registration.submit(operation(POLL_ADD, number(), 0L, events));
	}

	private void cancelPoll(IoRegistration registration) {
		if (!this.cancelling) {
			this.cancelling = true;
			registration.submit(operation(ASYNC_CANCEL, -1, this.poll, 0));
		}
	}

	@SuppressWarnings("deprecation") // Netty 4.2.0 has no other constructor
	private static IoUringIoOps operation(byte opcode, int fd, long address, int events) {
		short none = 0;
		return new IoUringIoOps(opcode, (byte) 0, none, fd, 0L, address, 0, events, none, none, none, 0, 0L);
	}

	@Override
	void cancel(IoRegistration registration) {
		if (this.poll != NONE) {
			cancelPoll(registration);
		}
		registration.cancel();
	}

	@Override
	public void handle(IoRegistration registration, IoEvent event) {
		IoUringIoEvent completion = (IoUringIoEvent) event;
		if (completion.opcode() != POLL_ADD) {
			return;
		}
		this.poll = NONE;
		this.cancelling = false;
		int events = completion.res();
		if (events == -ECANCELED) {
			pollAgain(registration);
			return;
		}
		descriptors().pollAgain(this, registration);
		// An error is one that reading and writing will meet
		if (events < 0 || (events & BROKEN) != 0) {
			report(Selector.READ | Selector.WRITE);
		}
		else {
			report((((events & IN) != 0) ? Selector.READ : 0) | (((events & OUT) != 0) ? Selector.WRITE : 0));
		}
	}

	@Override
	void pollAgain(IoRegistration registration) {
		if (this.poll == NONE && interest() != 0 && registration.isValid()) {
			poll(registration);
		}
	}

}
