package io.eventloop.loop;

import java.nio.channels.SelectableChannel;
import java.util.function.Consumer;

import io.eventloop.selector.ChannelSelector;
import io.eventloop.selector.Selector;
import org.jspecify.annotations.Nullable;

/**
 * Which callback waits for which channel; the selector keeps it with the channel, for as
 * long as that is open. Belongs to the loop's thread.
 */
final class ChannelTable implements SelectorTable {

	private final ChannelSelector selector;

	ChannelTable(ChannelSelector selector) {
		this.selector = selector;
	}

	void addReader(SelectableChannel channel, DescriptorHandle handle) {
		add(channel, Selector.READ, handle);
	}

	void addWriter(SelectableChannel channel, DescriptorHandle handle) {
		add(channel, Selector.WRITE, handle);
	}

	boolean removeReader(SelectableChannel channel) {
		return remove(channel, Selector.READ);
	}

	boolean removeWriter(SelectableChannel channel) {
		return remove(channel, Selector.WRITE);
	}

	@Override
	public void select(long timeoutNanos, Consumer<CallbackHandle> ready) {
		int count = this.selector.select(timeoutNanos);
		for (int i = 0; i < count; i++) {
			Watch watch = (Watch) this.selector.attachment(i);
			int readiness = this.selector.readiness(i);
			if ((readiness & Selector.READ) != 0) {
				queue(watch.reader, ready);
			}
			if ((readiness & Selector.WRITE) != 0) {
				queue(watch.writer, ready);
			}
		}
	}

	@Override
	public void wakeup() {
		this.selector.wakeup();
	}

	@Override
	public SelectorIo io(BaseEventLoop loop) {
		return new LoopChannels(loop, this);
	}

	@Override
	public SelectorIo ioWithChildren(BaseEventLoop loop) {
		return new LoopChannelsWithChildren(loop, this);
	}

	private static void queue(@Nullable DescriptorHandle handle, Consumer<CallbackHandle> queue) {
		if (handle != null && handle.enqueue()) {
			handle.queueIn(queue);
		}
	}

	private void add(SelectableChannel channel, int direction, DescriptorHandle handle) {
		Watch watch = (Watch) this.selector.attachment(channel);
		if (watch == null) {
			Watch first = new Watch();
			this.selector.register(channel, direction, first);
			first.put(direction, handle);
			return;
		}
		this.selector.modify(channel, watch.interest() | direction);
		DescriptorHandle replaced = watch.put(direction, handle);
		if (replaced != null) {
			replaced.cancel();
		}
	}

	private boolean remove(SelectableChannel channel, int direction) {
		Watch watch = (Watch) this.selector.attachment(channel);
		DescriptorHandle removed = (watch != null) ? watch.put(direction, null) : null;
		if (watch == null || removed == null) {
			return false;
		}
		removed.cancel();
		if (watch.interest() == 0) {
			this.selector.unregister(channel);
		}
		else {
			modify(channel, watch);
		}
		return true;
	}

	private void modify(SelectableChannel channel, Watch watch) {
		try {
			this.selector.modify(channel, watch.interest());
		}
		catch (IllegalArgumentException ex) {
			if (channel.isOpen()) {
				throw ex;
			}
		}
	}

	/**
	 * Who waits for a channel.
	 */
	private static final class Watch {

		private @Nullable DescriptorHandle reader;

		private @Nullable DescriptorHandle writer;

		@Nullable DescriptorHandle put(int direction, @Nullable DescriptorHandle handle) {
			DescriptorHandle replaced = (direction == Selector.READ) ? this.reader : this.writer;
			if (direction == Selector.READ) {
				this.reader = handle;
			}
			else {
				this.writer = handle;
			}
			return replaced;
		}

		int interest() {
			return ((this.reader != null) ? Selector.READ : 0) | ((this.writer != null) ? Selector.WRITE : 0);
		}

	}

}
