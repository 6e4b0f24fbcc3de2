package io.eventloop.selector;

import java.util.function.Supplier;

/**
 * The selectors that wait for raw descriptors, for tests that run over each of them.
 */
public enum DescriptorSelectorKind {

	EPOLL(EpollSelector::new),

	POLL(PollSelector::new);

	private final Supplier<DescriptorSelector> factory;

	DescriptorSelectorKind(Supplier<DescriptorSelector> factory) {
		this.factory = factory;
	}

	public DescriptorSelector open() {
		return this.factory.get();
	}

}
