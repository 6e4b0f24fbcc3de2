package io.eventloop.posix;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

import org.jspecify.annotations.Nullable;

/**
 * Which {@link ChildProcess} owns which pid, for the whole process; reaped ones are not
 * in it.
 *
 * <p>
 * The difficulty is the moment between a child's birth and the return of the call that
 * bore it: a sweep over all dead children can find, and reap, a child that has not been
 * registered yet. The spawn then adopts what the sweep has made. A count of spawns tells
 * it from what is left of an earlier process with the same pid, and found children that
 * are reaped are kept until no spawn is under way.
 *
 * <p>
 * <b>Memory.</b> Between the birth of a child and its place in this table nothing is
 * allocated, so that none is without an owner where there is no memory: the owner is made
 * when the spawn {@linkplain #spawnBegins() begins}, and the lists in here run through
 * the owners themselves.
 */
final class ChildTable {

	private static final int MAX_REAPED = 1024;

	private static final int FIRST_CAPACITY = 64;

	private static final int MAX_FAILED = 64;

	private @Nullable ChildProcess[] buckets = new ChildProcess[FIRST_CAPACITY];

	private int size;

	/**
	 * What was reaped while spawns were under way, the first one first.
	 */
	private @Nullable ChildProcess reapedMeanwhile;

	private int reapedCount;

	/**
	 * The spawns that are under way, the last one first.
	 */
	private @Nullable Spawn underWay;

	private final Deque<FailedSpawn> failed = new ArrayDeque<>();

	/**
	 * The number of the last one that has begun; the first is 2, so that a child that was
	 * found before any has a number too.
	 */
	private long spawns = 1;

	/**
	 * A spawn begins.
	 * @return to register its child with, and to end
	 */
	synchronized Spawn spawnBegins() {
		growIfFull();
		Spawn spawn = new Spawn(this.spawns + 1, this.underWay, this);
		this.spawns++;
		this.underWay = spawn;
		return spawn;
	}

	/**
	 * This spawn has failed, or its child has been registered.
	 */
	synchronized void spawnEnds(Spawn ended) {
		Spawn later = null;
		for (Spawn spawn = this.underWay; spawn != null; spawn = spawn.before) {
			if (spawn == ended) {
				if (later == null) {
					this.underWay = ended.before;
				}
				else {
					later.before = ended.before;
				}
				break;
			}
			later = spawn;
		}
		if (this.underWay == null) {
			this.reapedMeanwhile = null;
			this.reapedCount = 0;
		}
	}

	/**
	 * This spawn, which has not ended yet, has failed. It may have had a child for a
	 * moment.
	 */
	synchronized void spawnFailed(Spawn spawn) {
		this.failed.addLast(new FailedSpawn(spawn.number, this.spawns));
		if (this.failed.size() > MAX_FAILED) {
			this.failed.removeFirst();
		}
		// What is found from now on is not that child
		this.spawns++;
	}

	/**
	 * Whether a child that was found, rather than spawned, is what a failed spawn left
	 * for a moment. Each failed spawn left one at most.
	 */
	synchronized boolean takeFailed(ChildProcess child) {
		for (Iterator<FailedSpawn> all = this.failed.iterator(); all.hasNext();) {
			FailedSpawn spawn = all.next();
			if (spawn.begun() <= child.foundAfter() && child.foundAfter() <= spawn.over()) {
				all.remove();
				return true;
			}
		}
		return false;
	}

	/**
	 * The owner of the child that this spawn has borne. Allocates nothing.
	 */
	ChildProcess register(int pid, Spawn spawn) {
		ChildProcess stale;
		synchronized (this) {
			ChildProcess reaped = takeReaped(pid, spawn.number);
			if (reaped != null) {
				return reaped;
			}
			stale = find(pid);
			if (stale != null && stale.foundAfter() >= spawn.number) {
				return stale;
			}
			if (stale != null) {
				remove(stale);
			}
			spawn.child.born(pid);
			put(spawn.child);
		}
		if (stale != null) {
			stale.pidRecycled();
		}
		return spawn.child;
	}

	/**
	 * The owner of a pid, made if there is none.
	 */
	synchronized ChildProcess of(int pid) {
		ChildProcess known = find(pid);
		if (known == null) {
			growIfFull();
			known = new ChildProcess(pid, this.spawns, this);
			put(known);
		}
		return known;
	}

	/**
	 * The number of the last spawn that has begun: whatever lives or is dead now was not
	 * born by a later one.
	 */
	synchronized long spawnsBegun() {
		return this.spawns;
	}

	/**
	 * Whether a pid has an owner.
	 */
	synchronized boolean owns(int pid) {
		return find(pid) != null;
	}

	/**
	 * Whether a child that was there when so many spawns had begun has an owner, or may
	 * get one: as long as one of those spawns is under way, it is not known which child
	 * it has started.
	 */
	synchronized boolean mayOwn(int pid, long spawnsBegun) {
		return owns(pid) || firstUnderWay() <= spawnsBegun;
	}

	/**
	 * A child has been reaped: its pid is free. Allocates nothing.
	 */
	synchronized void reaped(ChildProcess child) {
		boolean current = remove(child);
		if (current && this.underWay != null && child.foundAfter() > 0) {
			if (this.reapedCount == MAX_REAPED && this.reapedMeanwhile != null) {
				this.reapedMeanwhile = this.reapedMeanwhile.next;
				this.reapedCount--;
			}
			append(child);
			this.reapedCount++;
		}
	}

	private void append(ChildProcess child) {
		child.next = null;
		ChildProcess last = this.reapedMeanwhile;
		if (last == null) {
			this.reapedMeanwhile = child;
			return;
		}
		while (last.next != null) {
			last = last.next;
		}
		last.next = child;
	}

	/**
	 * Take the last one with this pid that was reaped, if it was found after this spawn
	 * had begun.
	 */
	private @Nullable ChildProcess takeReaped(int pid, long spawn) {
		ChildProcess found = null;
		ChildProcess beforeFound = null;
		ChildProcess before = null;
		for (ChildProcess child = this.reapedMeanwhile; child != null; child = child.next) {
			if (child.pid() == pid) {
				found = child;
				beforeFound = before;
			}
			before = child;
		}
		if (found == null || found.foundAfter() < spawn) {
			return null;
		}
		if (beforeFound == null) {
			this.reapedMeanwhile = found.next;
		}
		else {
			beforeFound.next = found.next;
		}
		found.next = null;
		this.reapedCount--;
		return found;
	}

	private long firstUnderWay() {
		long first = Long.MAX_VALUE;
		for (Spawn spawn = this.underWay; spawn != null; spawn = spawn.before) {
			first = spawn.number;
		}
		return first;
	}

	private @Nullable ChildProcess find(int pid) {
		ChildProcess child = this.buckets[bucket(pid)];
		while (child != null && child.pid() != pid) {
			child = child.next;
		}
		return child;
	}

	private void put(ChildProcess child) {
		int bucket = bucket((int) child.pid());
		child.next = this.buckets[bucket];
		this.buckets[bucket] = child;
		this.size++;
	}

	private boolean remove(ChildProcess child) {
		int bucket = bucket((int) child.pid());
		ChildProcess before = null;
		for (ChildProcess other = this.buckets[bucket]; other != null; other = other.next) {
			if (other == child) {
				if (before == null) {
					this.buckets[bucket] = child.next;
				}
				else {
					before.next = child.next;
				}
				child.next = null;
				this.size--;
				return true;
			}
			before = other;
		}
		return false;
	}

	private int bucket(int pid) {
		return pid & (this.buckets.length - 1);
	}

	private void growIfFull() {
		if (this.size < this.buckets.length) {
			return;
		}
		@Nullable ChildProcess[] former = this.buckets;
		this.buckets = new ChildProcess[former.length * 2];
		this.size = 0;
		for (ChildProcess first : former) {
			ChildProcess child = first;
			while (child != null) {
				ChildProcess next = child.next;
				put(child);
				child = next;
			}
		}
	}

	/**
	 * A spawn that is under way, and the owner of the child that it will bear.
	 */
	static final class Spawn {

		private final long number;

		private final ChildProcess child;

		private @Nullable Spawn before;

		private Spawn(long number, @Nullable Spawn before, ChildTable table) {
			this.number = number;
			this.before = before;
			this.child = new ChildProcess(0, 0, table);
		}

		long number() {
			return this.number;
		}

	}

	/**
	 * A spawn that failed.
	 *
	 * @param begun its number
	 * @param over the number of the last one that had begun when it failed
	 */
	private record FailedSpawn(long begun, long over) {

	}

}
