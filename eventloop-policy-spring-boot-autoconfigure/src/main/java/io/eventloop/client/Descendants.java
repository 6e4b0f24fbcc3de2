package io.eventloop.client;

import java.util.List;

/**
 * What a child has started, where there are no groups: its descendants as they were when
 * its teardown began.
 */
final class Descendants {

	private final long pid;

	private volatile List<ProcessHandle> noted = List.of();

	Descendants(long pid) {
		this.pid = pid;
	}

	/**
	 * Note who they are, while the child is alive.
	 */
	boolean note() {
		this.noted = ProcessHandle.of(this.pid).map((child) -> child.descendants().toList()).orElse(List.of());
		return true;
	}

	/**
	 * Return those of them that are alive. Off the loop.
	 */
	List<ProcessHandle> alive() {
		return this.noted.stream().filter(ProcessHandle::isAlive).toList();
	}

}
