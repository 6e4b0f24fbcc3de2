package io.eventloop.netty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.eventloop.posix.DescriptorKind;
import io.eventloop.posix.Descriptors;
import io.eventloop.posix.PosixException;
import io.eventloop.selector.DescriptorSelector;
import io.netty.channel.IoRegistration;

/**
 * The raw descriptors of a loop, in Netty's epoll.
 */
final class NettyDescriptors implements DescriptorSelector {

	private static final int READINESS_BITS = 2;

	private static final int READINESS_MASK = 3;

	private final NettyDriver driver;

	private final WatchFactory watches;

	private final Map<Integer, Registered> registered = new HashMap<>();

	/**
	 * What was reported since the last poll: descriptors, and what each is ready for.
	 */
	private long[] reported = new long[64];

	private int reports;

	private long[] ready = new long[64];

	NettyDescriptors(NettyDriver driver, WatchFactory watches) {
		this.driver = driver;
		this.watches = watches;
	}

	@Override
	public void register(int fd, int interest) {
		requirePollable(fd);
		DescriptorWatch watch = this.watches.create(this, fd);
		IoRegistration registration = register(watch);
		try {
			watch.watch(registration, interest);
			this.registered.put(fd, new Registered(watch, registration));
		}
		catch (RuntimeException | Error ex) {
			registration.cancel();
			throw ex;
		}
	}

	private IoRegistration register(DescriptorWatch watch) {
		try {
			return this.driver.register(watch);
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException(
					"Netty has not registered descriptor %d: %s".formatted(watch.number(), ex.getMessage()), ex);
		}
	}

	/**
	 * Refuse what epoll refuses, with a sentence.
	 */
	private static void requirePollable(int fd) {
		try {
			if (Descriptors.kind(fd) != DescriptorKind.REGULAR_FILE) {
				return;
			}
		}
		catch (PosixException ex) {
			throw new IllegalArgumentException(ex.getMessage(), ex);
		}
		throw new IllegalArgumentException(
				"Descriptor %d is a file, which is always ready and cannot be waited for; read it in an executor"
					.formatted(fd));
	}

	@Override
	public void modify(int fd, int interest) {
		Registered known = this.registered.get(fd);
		if (known == null) {
			throw new UncheckedIOException(new IOException("Descriptor %d is not registered".formatted(fd)));
		}
		known.watch().watch(known.registration(), interest);
	}

	@Override
	public void unregister(int fd) {
		Registered known = this.registered.remove(fd);
		if (known != null) {
			known.watch().end(known.registration());
		}
	}

	/**
	 * The handler ends, and the registration with it.
	 */
	void forget(int fd) {
		this.registered.remove(fd);
	}

	void report(int fd, int readiness) {
		if (this.reports == this.reported.length) {
			this.reported = Arrays.copyOf(this.reported, this.reports * 2);
		}
		this.reported[this.reports++] = ((long) fd << READINESS_BITS) | readiness;
		this.driver.reported();
	}

	@Override
	public int select(long timeoutNanos) {
		this.driver.select(timeoutNanos);
		int count = this.reports;
		long[] free = this.ready;
		this.ready = this.reported;
		this.reported = free;
		this.reports = 0;
		return count;
	}

	@Override
	public int fd(int index) {
		return (int) (this.ready[index] >> READINESS_BITS);
	}

	@Override
	public int readiness(int index) {
		return (int) this.ready[index] & READINESS_MASK;
	}

	@Override
	public void wakeup() {
		this.driver.wakeup();
	}

	@Override
	public void close() {
		for (Registered known : List.copyOf(this.registered.values())) {
			known.watch().end(known.registration());
		}
		this.registered.clear();
		this.driver.close();
	}

	/**
	 * Creates a watch of the transport's kind.
	 */
	@FunctionalInterface
	interface WatchFactory {

		DescriptorWatch create(NettyDescriptors descriptors, int fd);

	}

	private record Registered(DescriptorWatch watch, IoRegistration registration) {

	}

}
