package io.eventloop.loop;

import java.nio.channels.SelectableChannel;
import java.util.Collection;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.eventloop.LoopFuture;
import io.eventloop.PipeConnection;
import io.eventloop.ReadPipeProtocol;
import io.eventloop.ReadTransport;
import io.eventloop.Signal;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessConnection;
import io.eventloop.SubprocessProtocol;
import io.eventloop.SubprocessSpec;
import io.eventloop.SubprocessTransport;
import io.eventloop.WritePipeProtocol;
import io.eventloop.WriteTransport;
import io.eventloop.memory.ClosingSteps;
import io.eventloop.selector.ChannelSelector;
import io.eventloop.selector.DescriptorSelector;
import io.eventloop.selector.Selector;
import io.eventloop.selector.SelectorChoice;
import org.jspecify.annotations.Nullable;

/**
 * An event loop over a {@link Selector}. What the selector waits for is what the loop can
 * do besides timers, callbacks and signals:
 * <ul>
 * <li>over a {@link DescriptorSelector}: raw descriptors, pipes and subprocesses;
 * <li>over a {@link ChannelSelector}: Java's channels.
 * </ul>
 * The one is refused with {@link UnsupportedOperationException} where the other is there.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-eventloop.html#asyncio.SelectorEventLoop">asyncio,
 * SelectorEventLoop</a>
 * @since 0.1.0
 */
public class SelectorEventLoop extends BaseEventLoop {

	private final SelectorIo io;

	private final LoopSignals signals = new LoopSignals(this);

	private final LoopLeakDetector leakDetector;

	private final Releasing releasing;

	/**
	 * Create a loop over the selector that suits this system: where that is a
	 * {@link io.eventloop.selector.NioSelector}, there are no subprocesses.
	 * @see SelectorChoice#auto()
	 */
	public SelectorEventLoop() {
		this(SelectorChoice.auto().factory().get());
	}

	/**
	 * Create a loop.
	 * @param selector what it waits on, a {@link DescriptorSelector} or a
	 * {@link ChannelSelector}; closed with the loop
	 */
	public SelectorEventLoop(Selector selector) {
		this(selector, System::nanoTime);
	}

	/**
	 * Create a loop with a time of its own, for tests.
	 * @param selector what it waits on; what it is told to wait is on that clock
	 * @param clock the time, in nanoseconds, which never runs back. May be called from
	 * any thread
	 */
	protected SelectorEventLoop(Selector selector, LongSupplier clock) {
		this(selector, SelectorTable.over(selector), clock);
	}

	/**
	 * Create a loop over what another event loop offers. Over a {@link ChannelSelector},
	 * its children are started as over a {@link DescriptorSelector}, and threads read and
	 * write their pipes.
	 * @param selector what it waits on; with a host, its {@code select} returns what has
	 * been reported since, without waiting
	 * @param host whose thread runs the loop, once it has {@linkplain #joinHost() joined
	 * it}, or {@code null} if the loop runs by itself
	 */
	protected SelectorEventLoop(Selector selector, @Nullable LoopHost host) {
		this(selector, SelectorTable.over(selector), System::nanoTime, host, true);
	}

	private SelectorEventLoop(Selector selector, SelectorTable table, LongSupplier clock) {
		this(selector, table, clock, null, false);
	}

	private SelectorEventLoop(Selector selector, SelectorTable table, LongSupplier clock, @Nullable LoopHost host,
			boolean children) {
		super(table, clock, host);
		this.io = children ? table.ioWithChildren(this) : table.io(this);
		this.leakDetector = LoopLeakDetector.watch(this, selector::close);
		this.releasing = new Releasing(selector);
	}

	/**
	 * Begin to run on the host's thread. Called once.
	 */
	protected final void joinHost() {
		if (runner() instanceof HostedRunner hosted) {
			hosted.begin();
		}
	}

	/**
	 * End the run on the host's thread, so that the loop can be closed. On that thread,
	 * or after its end. A second call does nothing.
	 */
	protected final void leaveHost() {
		if (runner() instanceof HostedRunner hosted) {
			hosted.end();
		}
	}

	@Override
	public final boolean isHosted() {
		return runner() instanceof HostedRunner;
	}

	@Override
	final void release() {
		ClosingSteps.run(this.releasing);
	}

	@Override
	public final void addReader(int fd, Runnable callback) {
		checkOpen();
		this.io.addReader(fd, callback);
	}

	@Override
	public final boolean removeReader(int fd) {
		return !isClosed() && this.io.removeReader(fd);
	}

	@Override
	public final void addWriter(int fd, Runnable callback) {
		checkOpen();
		this.io.addWriter(fd, callback);
	}

	@Override
	public final boolean removeWriter(int fd) {
		return !isClosed() && this.io.removeWriter(fd);
	}

	@Override
	public final void addReader(SelectableChannel channel, Runnable callback) {
		checkOpen();
		this.io.addReader(channel, callback);
	}

	@Override
	public final boolean removeReader(SelectableChannel channel) {
		return !isClosed() && this.io.removeReader(channel);
	}

	@Override
	public final void addWriter(SelectableChannel channel, Runnable callback) {
		checkOpen();
		this.io.addWriter(channel, callback);
	}

	@Override
	public final boolean removeWriter(SelectableChannel channel) {
		return !isClosed() && this.io.removeWriter(channel);
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
	public final <P extends ReadPipeProtocol> LoopFuture<PipeConnection<ReadTransport, P>> connectReadPipe(
			Supplier<P> protocolFactory, int fd) {
		checkOpen();
		return this.io.pipes().connectReading(protocolFactory, fd);
	}

	@Override
	public final <P extends WritePipeProtocol> LoopFuture<PipeConnection<WriteTransport, P>> connectWritePipe(
			Supplier<P> protocolFactory, int fd) {
		checkOpen();
		return this.io.pipes().connectWriting(protocolFactory, fd);
	}

	@Override
	public LoopFuture<Subprocess> subprocess(SubprocessSpec spec) {
		checkOpen();
		return this.io.launcher().launch(spec);
	}

	@Override
	public <P extends SubprocessProtocol> LoopFuture<SubprocessConnection<P>> subprocessExec(
			Supplier<P> protocolFactory, SubprocessSpec spec) {
		checkOpen();
		return this.io.launcher().launch(protocolFactory, spec);
	}

	@Override
	public final void refuseSubprocesses(String reason) {
		if (this.io.supportsSubprocesses()) {
			this.io.launcher().refuse(reason);
		}
	}

	@Override
	public final void acceptSubprocesses() {
		if (this.io.supportsSubprocesses()) {
			this.io.launcher().accept();
		}
	}

	@Override
	public final int pendingLaunches() {
		return this.io.supportsSubprocesses() ? this.io.launcher().pending() : 0;
	}

	@Override
	public Collection<SubprocessTransport> subprocessTransports() {
		return this.io.transports();
	}

	@Override
	public boolean supportsSubprocesses() {
		return this.io.supportsSubprocesses();
	}

	/**
	 * Allocated with the loop, as it may be for want of memory that it closes.
	 */
	private final class Releasing implements ClosingSteps.NumberedSteps {

		private final Selector selector;

		private Releasing(Selector selector) {
			this.selector = selector;
		}

		@Override
		public int count() {
			return 4;
		}

		@Override
		public void take(int step) {
			switch (step) {
				case 0 -> SelectorEventLoop.this.signals.close();
				case 1 -> SelectorEventLoop.this.io.close();
				case 2 -> this.selector.close();
				default -> SelectorEventLoop.this.leakDetector.closed();
			}
		}

	}

}
