package io.eventloop.loop;

import java.util.function.Supplier;

import io.eventloop.EventLoop;

/**
 * The loops that all tests of what loops have in common run with.
 */
enum LoopKind {

	SELECTOR(SelectorEventLoop::new),

	PROACTOR(ProactorEventLoop::new);

	private final Supplier<EventLoop> factory;

	LoopKind(Supplier<EventLoop> factory) {
		this.factory = factory;
	}

	EventLoop newLoop() {
		return this.factory.get();
	}

}
