package io.eventloop.watcher;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import io.eventloop.ChildExit;
import io.eventloop.SpawnScope;
import io.eventloop.posix.ChildProcess;
import io.eventloop.subprocess.MemoryReserve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exits of children that were reaped before they were registered: held until the last
 * of the scopes has ended that were open then, and in one of which they may have been
 * spawned. What remains then is warned about, but for children whose exit their owner
 * {@linkplain ChildProcess#claimExit() asks for itself}. From any thread.
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
	 * Refuse a child whose exit could not have been held.
	 */
	synchronized void requireOpen(long pid) {
		if (this.open.isEmpty()) {
			throw new IllegalStateException(
					"Cannot watch process %d: the fast child watcher may have reaped it already; spawn and register it between enter() and the end of that scope"
						.formatted(pid));
		}
	}

	/**
	 * Hold the exit of a child that is not registered.
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
	 * @return {@code null} if the exit of none with this pid is held
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
	 * End a scope, as soon as there is memory for what is left of it: one that did not
	 * end would hold exits for ever.
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
				// The scope has ended all the same, and with it a launch goes on
				MemoryReserve.release();
			}
		}
	}

	private static void warn(List<ChildExit> leftovers) {
		logger.warn(
				"The fast child watcher has reaped children that nobody has registered: {}; "
						+ "whoever spawned them has lost their exit status",
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
	 * A child that was reaped when so many scopes had been entered.
	 */
	private record Held(ChildProcess child, ChildExit exit, long entered) {

	}

}
