package io.eventloop.autoconfigure;

import java.util.List;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.LoopContext;
import io.eventloop.policy.DefaultEventLoopPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A policy of an application's that extends none of ours.
 */
class OwnPolicy implements EventLoopPolicy {

	private final EventLoopPolicy delegate = new DefaultEventLoopPolicy();

	@Override
	public EventLoop getEventLoop() {
		return this.delegate.getEventLoop();
	}

	@Override
	public void setEventLoop(@Nullable EventLoop loop) {
		this.delegate.setEventLoop(loop);
	}

	@Override
	public EventLoop newEventLoop() {
		return this.delegate.newEventLoop();
	}

	@Override
	public ChildWatcher getChildWatcher() {
		return this.delegate.getChildWatcher();
	}

	@Override
	public void setChildWatcher(@Nullable ChildWatcher watcher) {
		this.delegate.setChildWatcher(watcher);
	}

	@Override
	public List<LoopContext> contexts() {
		return this.delegate.contexts();
	}

}
