package io.eventloop.loop;

import java.nio.channels.SelectableChannel;

/**
 * What a loop does with channels: readers and writers.
 */
class LoopChannels extends SelectorIo {

	private final ChannelTable table;

	LoopChannels(BaseEventLoop loop, ChannelTable table) {
		super(loop);
		this.table = table;
	}

	@Override
	final void addReader(SelectableChannel channel, Runnable callback) {
		this.table.addReader(channel, handle(callback));
	}

	@Override
	final boolean removeReader(SelectableChannel channel) {
		return this.table.removeReader(channel);
	}

	@Override
	final void addWriter(SelectableChannel channel, Runnable callback) {
		this.table.addWriter(channel, handle(callback));
	}

	@Override
	final boolean removeWriter(SelectableChannel channel) {
		return this.table.removeWriter(channel);
	}

}
