package io.eventloop.posix;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

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
 */
final class ChildTable {

	private static final int MAX_REAPED = 1024;

	private static final int MAX_FAILED = 64;

	private final Map<Long, ChildProcess> children = new ConcurrentHashMap<>();

	private final Map<Long, ChildProcess> reapedMeanwhile = new LinkedHashMap<>();

	private final SortedSet<Long> underWay = new TreeSet<>();

	private final Deque<FailedSpawn> failed = new ArrayDeque<>();

	/**
	 * The number of the last one that has begun; the first is 2, so that a child that was
	 * found before any has a number too.
	 */
	private long spawns = 1;

	/**
	 * A spawn begins: the number to register its child with.
	 */
	synchronized long spawnBegins() {
		this.underWay.add(++this.spawns);
		return this.spawns;
	}

	/**
	 * The spawn of this number has failed, or its child has been registered.
	 */
	synchronized void spawnEnds(long spawn) {
		this.underWay.remove(spawn);
		if (this.underWay.isEmpty()) {
			this.reapedMeanwhile.clear();
		}
	}

	/**
	 * The spawn of this number, which has not ended yet, has failed. It may have had a
	 * child for a moment.
	 */
	synchronized void spawnFailed(long spawn) {
		this.failed.addLast(new FailedSpawn(spawn, this.spawns));
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
	 * The owner of the child that the spawn of this number has borne.
	 */
	ChildProcess register(int pid, long spawn) {
		ChildProcess stale;
		ChildProcess child;
		synchronized (this) {
			ChildProcess reaped = this.reapedMeanwhile.remove((long) pid);
			if (reaped != null && reaped.foundAfter() >= spawn) {
				return reaped;
			}
			ChildProcess known = this.children.get((long) pid);
			if (known != null && known.foundAfter() >= spawn) {
				return known;
			}
			child = new ChildProcess(pid, 0, this);
			stale = this.children.put((long) pid, child);
		}
		if (stale != null) {
			stale.pidRecycled();
		}
		return child;
	}

	/**
	 * The owner of a pid, made if there is none.
	 */
	ChildProcess of(int pid) {
		ChildProcess known = this.children.get((long) pid);
		if (known != null) {
			return known;
		}
		synchronized (this) {
			return this.children.computeIfAbsent((long) pid, (key) -> new ChildProcess(pid, this.spawns, this));
		}
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
	boolean owns(int pid) {
		return this.children.containsKey((long) pid);
	}

	/**
	 * Whether a child that was there when so many spawns had begun has an owner, or may
	 * get one: as long as one of those spawns is under way, nobody knows which child it
	 * has borne.
	 */
	synchronized boolean mayOwn(int pid, long spawnsBegun) {
		return owns(pid) || (!this.underWay.isEmpty() && this.underWay.first() <= spawnsBegun);
	}

	/**
	 * A child has been reaped: its pid is free.
	 */
	synchronized void reaped(ChildProcess child) {
		boolean current = this.children.remove(child.pid(), child);
		if (current && !this.underWay.isEmpty() && child.foundAfter() > 0) {
			this.reapedMeanwhile.put(child.pid(), child);
			if (this.reapedMeanwhile.size() > MAX_REAPED) {
				this.reapedMeanwhile.remove(this.reapedMeanwhile.keySet().iterator().next());
			}
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
