package io.eventloop.watcher;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import io.eventloop.posix.ChildProcess;
import org.jspecify.annotations.Nullable;

/**
 * The children that a ring waits for, each with a slot whose number is its wait's token.
 * A slot is free again once its completion was taken, so none is mistaken for another's,
 * even if a pid is given to another child. Removing allocates nothing.
 */
final class AwaitedChildren {

	private static final int FIRST_CAPACITY = 16;

	private static final int NONE = -1;

	private final Set<ChildProcess> all = new HashSet<>();

	private @Nullable ChildProcess[] slots = new ChildProcess[FIRST_CAPACITY];

	/**
	 * The free slot that follows each free one.
	 */
	private int[] nextFree = new int[FIRST_CAPACITY];

	private int firstFree = NONE;

	private int used;

	/**
	 * Give a child a slot.
	 * @return its number, -1 if it has one
	 */
	int add(ChildProcess child) {
		if (this.firstFree == NONE && this.used == this.slots.length) {
			int[] longer = Arrays.copyOf(this.nextFree, this.used * 2);
			this.slots = Arrays.copyOf(this.slots, this.used * 2);
			this.nextFree = longer;
		}
		if (!this.all.add(child)) {
			return NONE;
		}
		int slot = this.firstFree;
		if (slot == NONE) {
			slot = this.used++;
		}
		else {
			this.firstFree = this.nextFree[slot];
		}
		this.slots[slot] = child;
		return slot;
	}

	/**
	 * Return the child in a slot, or {@code null} if it is free.
	 */
	@Nullable ChildProcess get(int slot) {
		return this.slots[slot];
	}

	/**
	 * Free a slot, unless it is free.
	 */
	void remove(int slot) {
		ChildProcess child = this.slots[slot];
		if (child != null) {
			this.all.remove(child);
			this.slots[slot] = null;
			this.nextFree[slot] = this.firstFree;
			this.firstFree = slot;
		}
	}

}
