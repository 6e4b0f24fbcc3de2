package io.eventloop.loop;

import java.nio.channels.SelectableChannel;

/**
 * What a loop does with channels: readers and writers.
 */
final class LoopChannels extends SelectorIo {

	private final ChannelTable table;

	LoopChannels(BaseEventLoop loop, ChannelTable table) {
		super(loop);
		this.table = table;
	}

	@Override
	void addReader(SelectableChannel channel, Runnable callback) {
		this.table.addReader(channel, handle(callback));
	}

	@Override
	boolean removeReader(SelectableChannel channel) {
		return this.table.removeReader(channel);
	}

	@Override
	void addWriter(SelectableChannel channel, Runnable callback) {
		this.table.addWriter(channel, handle(callback));
	}

	@Override
	boolean removeWriter(SelectableChannel channel) {
		return this.table.removeWriter(channel);
	}

}
