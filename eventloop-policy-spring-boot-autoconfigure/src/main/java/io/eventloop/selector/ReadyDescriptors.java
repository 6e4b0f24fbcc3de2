package io.eventloop.selector;

import java.util.Arrays;

/**
 * The results of a selector's last poll: descriptors, and what each is ready for. Grows
 * as needed, and is used again at the next poll. Belongs to the loop's thread.
 */
final class ReadyDescriptors {

	private int[] fds;

	private int[] readiness;

	private int count;

	ReadyDescriptors(int capacity) {
		this.fds = new int[capacity];
		this.readiness = new int[capacity];
	}

	void clear() {
		this.count = 0;
	}

	void add(int fd, int ready) {
		if (this.count == this.fds.length) {
			this.readiness = Arrays.copyOf(this.readiness, this.count * 2);
			this.fds = Arrays.copyOf(this.fds, this.count * 2);
		}
		this.fds[this.count] = fd;
		this.readiness[this.count++] = ready;
	}

	int count() {
		return this.count;
	}

	int fd(int index) {
		return this.fds[index];
	}

	int readiness(int index) {
		return this.readiness[index];
	}

}
