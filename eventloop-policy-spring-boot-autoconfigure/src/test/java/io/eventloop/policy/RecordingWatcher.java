package io.eventloop.policy;

import java.util.ArrayList;
import java.util.List;

import io.eventloop.ChildHandler;
import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.SpawnScope;
import org.jspecify.annotations.Nullable;

/**
 * Records what a policy does to its watcher.
 */
class RecordingWatcher implements ChildWatcher {

	final List<@Nullable EventLoop> attached = new ArrayList<>();

	int closed;

	@Override
	public void addChildHandler(long pid, ChildHandler handler) {
		throw new UnsupportedOperationException("A recording watcher watches nothing");
	}

	@Override
	public boolean removeChildHandler(long pid) {
		return false;
	}

	@Override
	public void attachLoop(@Nullable EventLoop loop) {
		this.attached.add(loop);
	}

	@Override
	public boolean isActive() {
		return this.closed == 0;
	}

	@Override
	public SpawnScope enter() {
		return () -> {
		};
	}

	@Override
	public void close() {
		this.closed++;
	}

}
