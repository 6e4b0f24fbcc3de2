package io.eventloop.loop;

import java.util.Collection;
import java.util.function.Supplier;

import io.eventloop.LoopFuture;
import io.eventloop.Signal;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessConnection;
import io.eventloop.SubprocessProtocol;
import io.eventloop.SubprocessSpec;
import io.eventloop.SubprocessTransport;
import io.eventloop.posix.PosixPlatform;
import io.eventloop.selector.EpollSelector;
import io.eventloop.selector.Selector;
import io.eventloop.subprocess.SubprocessLauncher;

/**
 * An event loop over a {@link Selector}: waits for raw descriptors, signals and
 * subprocesses.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-eventloop.html#asyncio.SelectorEventLoop">asyncio,
 * SelectorEventLoop</a>
 * @since 0.1.0
 */
public class SelectorEventLoop extends BaseEventLoop {

	private final Selector selector;

	private final DescriptorTable descriptors;

	private final SubprocessLauncher launcher;

	private final LoopSignals signals = new LoopSignals(this);

	private final UnclosedLoop unclosed;

	/**
	 * Create a loop over epoll.
	 * @throws io.eventloop.UnsupportedPlatformException if this system has none
	 */
	public SelectorEventLoop() {
		this(openSelector());
	}

	/**
	 * Create a loop.
	 * @param selector what it waits on; closed with the loop
	 */
	public SelectorEventLoop(Selector selector) {
		this.selector = selector;
		this.descriptors = new DescriptorTable(selector);
		this.launcher = new SubprocessLauncher(new LoopPipeReactor(this, this.descriptors));
		this.unclosed = UnclosedLoop.watch(this, selector);
	}

	private static Selector openSelector() {
		PosixPlatform.require();
		return new EpollSelector();
	}

	@Override
	final void select(long timeoutNanos) {
		this.descriptors.select(timeoutNanos, this::ready);
	}

	@Override
	final void wakeup() {
		this.selector.wakeup();
	}

	@Override
	final void release() {
		this.signals.close();
		this.launcher.close();
		this.selector.close();
		this.unclosed.closed();
	}

	@Override
	public final void addReader(int fd, Runnable callback) {
		checkOpen();
		this.descriptors.addReader(this.descriptors.unclaimed(fd), callback);
	}

	@Override
	public final boolean removeReader(int fd) {
		return !isClosed() && this.descriptors.removeReader(this.descriptors.unclaimed(fd));
	}

	@Override
	public final void addWriter(int fd, Runnable callback) {
		checkOpen();
		this.descriptors.addWriter(this.descriptors.unclaimed(fd), callback);
	}

	@Override
	public final boolean removeWriter(int fd) {
		return !isClosed() && this.descriptors.removeWriter(this.descriptors.unclaimed(fd));
	}

	@Override
	public final void addSignalHandler(Signal signal, Runnable callback) {
		checkOpen();
		this.signals.add(signal, callback);
	}

	@Override
	public final boolean removeSignalHandler(Signal signal) {
		return this.signals.remove(signal);
	}

	@Override
	public final LoopFuture<Subprocess> subprocess(SubprocessSpec spec) {
		checkOpen();
		return this.launcher.launch(spec);
	}

	@Override
	public final <P extends SubprocessProtocol> LoopFuture<SubprocessConnection<P>> subprocessExec(
			Supplier<P> protocolFactory, SubprocessSpec spec) {
		checkOpen();
		return this.launcher.launch(protocolFactory, spec);
	}

	@Override
	public final Collection<SubprocessTransport> subprocessTransports() {
		return this.launcher.transports();
	}

}
