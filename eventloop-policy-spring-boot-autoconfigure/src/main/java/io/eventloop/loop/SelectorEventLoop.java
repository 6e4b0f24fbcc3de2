package io.eventloop.loop;

import java.nio.channels.SelectableChannel;
import java.util.Collection;
import java.util.List;
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
import io.eventloop.selector.ChannelSelector;
import io.eventloop.selector.DescriptorSelector;
import io.eventloop.selector.Selector;
import io.eventloop.selector.SelectorChoice;
import io.eventloop.subprocess.ClosingSteps;
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

	private final Selector selector;

	private final @Nullable LoopDescriptors descriptors;

	private final @Nullable ChannelTable channels;

	private final LoopSignals signals = new LoopSignals(this);

	private final LoopLeakDetector leakDetector;

	private final Runnable[] releasing;

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
		this.selector = selector;
		this.descriptors = (selector instanceof DescriptorSelector raw) ? new LoopDescriptors(this, raw) : null;
		this.channels = (selector instanceof ChannelSelector java) ? new ChannelTable(java, this::describe) : null;
		if ((this.descriptors != null) == (this.channels != null)) {
			throw new IllegalArgumentException(
					"%s must be either a DescriptorSelector or a ChannelSelector".formatted(selector));
		}
		this.leakDetector = LoopLeakDetector.watch(this, selector::close);
		this.releasing = new Runnable[] { this.signals::close, this::closeDescriptors, selector::close,
				this.leakDetector::closed };
	}

	@Override
	final void select(long timeoutNanos) {
		if (this.descriptors != null) {
			this.descriptors.table().select(timeoutNanos, this::ready);
		}
		else {
			channels().select(timeoutNanos, this::ready);
		}
	}

	@Override
	final void wakeup() {
		this.selector.wakeup();
	}

	@Override
	final void release() {
		ClosingSteps.run(this.releasing);
	}

	private void closeDescriptors() {
		if (this.descriptors != null) {
			this.descriptors.close();
		}
	}

	@Override
	public final void addReader(int fd, Runnable callback) {
		checkOpen();
		DescriptorTable table = descriptors().table();
		table.addReader(table.unclaimed(fd), callback);
	}

	@Override
	public final boolean removeReader(int fd) {
		if (isClosed() || this.descriptors == null) {
			return false;
		}
		DescriptorTable table = this.descriptors.table();
		return table.removeReader(table.unclaimed(fd));
	}

	@Override
	public final void addWriter(int fd, Runnable callback) {
		checkOpen();
		DescriptorTable table = descriptors().table();
		table.addWriter(table.unclaimed(fd), callback);
	}

	@Override
	public final boolean removeWriter(int fd) {
		if (isClosed() || this.descriptors == null) {
			return false;
		}
		DescriptorTable table = this.descriptors.table();
		return table.removeWriter(table.unclaimed(fd));
	}

	@Override
	public final void addReader(SelectableChannel channel, Runnable callback) {
		checkOpen();
		channels().addReader(channel, callback);
	}

	@Override
	public final boolean removeReader(SelectableChannel channel) {
		return !isClosed() && this.channels != null && this.channels.removeReader(channel);
	}

	@Override
	public final void addWriter(SelectableChannel channel, Runnable callback) {
		checkOpen();
		channels().addWriter(channel, callback);
	}

	@Override
	public final boolean removeWriter(SelectableChannel channel) {
		return !isClosed() && this.channels != null && this.channels.removeWriter(channel);
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
		return descriptors().pipes().connectReading(protocolFactory, fd);
	}

	@Override
	public final <P extends WritePipeProtocol> LoopFuture<PipeConnection<WriteTransport, P>> connectWritePipe(
			Supplier<P> protocolFactory, int fd) {
		checkOpen();
		return descriptors().pipes().connectWriting(protocolFactory, fd);
	}

	@Override
	public final LoopFuture<Subprocess> subprocess(SubprocessSpec spec) {
		checkOpen();
		return descriptors().launcher().launch(spec);
	}

	@Override
	public final <P extends SubprocessProtocol> LoopFuture<SubprocessConnection<P>> subprocessExec(
			Supplier<P> protocolFactory, SubprocessSpec spec) {
		checkOpen();
		return descriptors().launcher().launch(protocolFactory, spec);
	}

	@Override
	public final Collection<SubprocessTransport> subprocessTransports() {
		return (this.descriptors != null) ? this.descriptors.launcher().transports() : List.of();
	}

	private LoopDescriptors descriptors() {
		if (this.descriptors == null) {
			throw new UnsupportedOperationException(
					"%s waits for channels, and has neither raw descriptors nor subprocesses; set eventloop.selector=auto, epoll or poll, or create it with an EpollSelector or a PollSelector"
						.formatted(this));
		}
		return this.descriptors;
	}

	private ChannelTable channels() {
		if (this.channels == null) {
			throw new UnsupportedOperationException(
					"%s waits for raw descriptors, and Java does not expose a channel's descriptor; set eventloop.selector=nio, or create the loop with a NioSelector"
						.formatted(this));
		}
		return this.channels;
	}

}
