package io.eventloop.watcher;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import io.eventloop.ChildExit;
import io.eventloop.SpawnScope;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.posix.ChildProcess;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exits of children that were reaped before they were registered: kept until all
 * scopes that were open then have ended, since the children may have been spawned in one
 * of them. A warning is logged for exits that remain then, except those that the child's
 * owner {@linkplain ChildProcess#claimExit() claims}. May be used from any thread.
 */
final class UnclaimedExits {

	private static final Logger logger = LoggerFactory.getLogger(UnclaimedExits.class);

	private final TreeSet<Long> open = new TreeSet<>();

	private final Map<Long, Held> held = new LinkedHashMap<>();

	private long entered;

	/**
	 * Open a scope.
	 */
	synchronized SpawnScope enter() {
		Long scope = this.entered;
		SpawnScope opened = () -> end(scope);
		this.open.add(scope);
		this.entered++;
		return opened;
	}

	/**
	 * Reject a child whose exit could not have been kept.
	 */
	synchronized void requireOpen(long pid) {
		if (this.open.isEmpty()) {
			throw new IllegalStateException(
					"Cannot watch process %d: the fast child watcher may have reaped it already; spawn and register it between enter() and the end of that scope"
						.formatted(pid));
		}
	}

	/**
	 * Keep the exit of a child that is not registered.
	 * @return whether a scope is open, in which it may have been spawned
	 */
	synchronized boolean hold(ChildProcess child, ChildExit exit) {
		if (this.open.isEmpty()) {
			return false;
		}
		this.held.put(child.pid(), new Held(child, exit, this.entered));
		return true;
	}

	/**
	 * Find a child that was reaped.
	 * @return {@code null} if no exit of that pid is kept
	 */
	synchronized @Nullable ChildProcess find(long pid) {
		Held found = this.held.get(pid);
		return (found != null) ? found.child() : null;
	}

	/**
	 * The child has been registered.
	 */
	synchronized void forget(long pid) {
		this.held.remove(pid);
	}

	/**
	 * End a scope, as soon as there is memory for what remains of it: a scope that did
	 * not end would keep exits for ever.
	 */
	private List<ChildExit> endForSure(Long scope) {
		for (int left = MemoryReserve.TRIES;; left--) {
			try {
				return endAndDrop(scope);
			}
			catch (OutOfMemoryError ex) {
				MemoryReserve.await(left, ex);
			}
		}
	}

	private void end(Long scope) {
		List<ChildExit> leftovers = endForSure(scope);
		if (!leftovers.isEmpty()) {
			try {
				warn(leftovers);
			}
			catch (OutOfMemoryError ex) {
				// The scope has ended all the same, and the launch continues
				MemoryReserve.release();
			}
		}
	}

	private static void warn(List<ChildExit> leftovers) {
		logger.warn(
				"The fast child watcher has reaped children that were not registered: {}; "
						+ "the code that spawned them has lost their exit status",
				leftovers.stream()
					.map((exit) -> "process %d (return code %d)".formatted(exit.pid(), exit.returnCode()))
					.toList());
	}

	private synchronized List<ChildExit> endAndDrop(Long scope) {
		List<ChildExit> dropped = new ArrayList<>();
		this.open.remove(scope);
		long oldest = this.open.isEmpty() ? this.entered : this.open.first();
		for (Iterator<Held> all = this.held.values().iterator(); all.hasNext();) {
			Held next = all.next();
			if (next.entered() <= oldest) {
				if (!next.child().isExitClaimed()) {
					dropped.add(next.exit());
				}
				all.remove();
			}
		}
		return dropped;
	}

	/**
	 * A reaped child, with the number of scopes entered until then.
	 */
	private record Held(ChildProcess child, ChildExit exit, long entered) {

	}

}
