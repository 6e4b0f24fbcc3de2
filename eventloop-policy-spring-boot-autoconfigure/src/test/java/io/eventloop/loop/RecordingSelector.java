package io.eventloop.loop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.eventloop.selector.EpollSelector;
import io.eventloop.selector.Selector;

/**
 * A real selector that remembers how long it was asked to wait, and what for.
 */
final class RecordingSelector implements Selector {

	final List<Long> timeouts = Collections.synchronizedList(new ArrayList<>());

	final List<String> calls = new ArrayList<>();

	volatile int wakeups;

	private final Selector selector = new EpollSelector();

	@Override
	public void register(int fd, int interest) {
		this.selector.register(fd, interest);
		this.calls.add("register " + interest);
	}

	@Override
	public void modify(int fd, int interest) {
		this.selector.modify(fd, interest);
		this.calls.add("modify " + interest);
	}

	@Override
	public void unregister(int fd) {
		this.selector.unregister(fd);
		this.calls.add("unregister");
	}

	@Override
	public int select(long timeoutNanos) {
		this.timeouts.add(timeoutNanos);
		return this.selector.select(timeoutNanos);
	}

	@Override
	public int fd(int index) {
		return this.selector.fd(index);
	}

	@Override
	public int readiness(int index) {
		return this.selector.readiness(index);
	}

	@Override
	public void wakeup() {
		this.wakeups++;
		this.selector.wakeup();
	}

	@Override
	public void close() {
		this.selector.close();
		this.calls.add("close");
	}

}
