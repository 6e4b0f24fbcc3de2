package io.eventloop.loop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.eventloop.selector.DescriptorSelector;
import io.eventloop.selector.DescriptorSelectorKind;

/**
 * A real selector that remembers how long it was asked to wait, and what for.
 */
final class RecordingSelector implements DescriptorSelector {

	final List<Long> timeouts = Collections.synchronizedList(new ArrayList<>());

	final List<String> calls = new ArrayList<>();

	volatile int wakeups;

	private final DescriptorSelector selector;

	RecordingSelector() {
		this(DescriptorSelectorKind.EPOLL);
	}

	RecordingSelector(DescriptorSelectorKind kind) {
		this.selector = kind.open();
	}

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
