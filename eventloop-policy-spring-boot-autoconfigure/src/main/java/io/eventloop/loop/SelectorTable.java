package io.eventloop.loop;

import io.eventloop.selector.ChannelSelector;
import io.eventloop.selector.DescriptorSelector;
import io.eventloop.selector.Selector;

/**
 * Which callback waits for what, over a selector: the events of a selector loop.
 */
interface SelectorTable extends EventSource {

	/**
	 * Create the table that suits a selector.
	 * @throws IllegalArgumentException if it is of neither kind, or of both
	 */
	static SelectorTable over(Selector selector) {
		if (selector instanceof DescriptorSelector raw && !(selector instanceof ChannelSelector)) {
			return new DescriptorTable(raw);
		}
		if (selector instanceof ChannelSelector java && !(selector instanceof DescriptorSelector)) {
			return new ChannelTable(java);
		}
		throw new IllegalArgumentException(
				"%s must be either a DescriptorSelector or a ChannelSelector".formatted(selector));
	}

	/**
	 * Create what a loop does with this table.
	 */
	SelectorIo io(BaseEventLoop loop);

	/**
	 * Create what a loop does with this table, which starts children in any case.
	 */
	default SelectorIo ioWithChildren(BaseEventLoop loop) {
		return io(loop);
	}

}
