package io.eventloop.netty;

import io.netty.channel.IoHandle;
import io.netty.channel.IoRegistration;

/**
 * A descriptor that is registered with Netty's I/O handler. Belongs to the loop's thread.
 */
abstract class DescriptorWatch implements IoHandle {

	private final int fd;

	private final NettyDescriptors descriptors;

	private int interest;

	DescriptorWatch(NettyDescriptors descriptors, int fd) {
		this.descriptors = descriptors;
		this.fd = fd;
	}

	final int number() {
		return this.fd;
	}

	final int interest() {
		return this.interest;
	}

	final NettyDescriptors descriptors() {
		return this.descriptors;
	}

	/**
	 * Wait for something else from now on.
	 */
	final void watch(IoRegistration registration, int newInterest) {
		int before = this.interest;
		this.interest = newInterest;
		try {
			submit(registration);
		}
		catch (RuntimeException | Error ex) {
			this.interest = before;
			throw ex;
		}
	}

	/**
	 * Wait for nothing, for good.
	 */
	final void end(IoRegistration registration) {
		this.interest = 0;
		cancel(registration);
	}

	/**
	 * Report what there is, of what is waited for.
	 */
	final void report(int readiness) {
		int wanted = readiness & this.interest;
		if (wanted != 0) {
			this.descriptors.report(this.fd, wanted);
		}
	}

	/**
	 * Hand the interest to the handler.
	 */
	abstract void submit(IoRegistration registration);

	abstract void cancel(IoRegistration registration);

	/**
	 * The handler is closed; the descriptor is not this loop's to close.
	 */
	@Override
	public void close() {
		this.descriptors.forget(this.fd);
	}

}
