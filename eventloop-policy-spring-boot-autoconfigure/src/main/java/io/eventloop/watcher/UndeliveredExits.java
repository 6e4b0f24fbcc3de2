package io.eventloop.watcher;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.eventloop.ChildExit;
import io.eventloop.EventLoop;
import io.eventloop.subprocess.ClosingSteps;
import io.eventloop.subprocess.MemoryReserve;
import org.jspecify.annotations.Nullable;

/**
 * Exits that have been taken, on their way to the loops whose handlers are to be told.
 * None is lost with its loop. From any thread.
 */
final class UndeliveredExits {

	private final ChildExits exits;

	private final Map<Registration, ChildExit> undelivered = new ConcurrentHashMap<>();

	UndeliveredExits(ChildExits exits) {
		this.exits = exits;
	}

	/**
	 * Tell on the loop of the registration; where that has closed, in this thread.
	 */
	void post(Registration registration, ChildExit exit) {
		for (int left = MemoryReserve.TRIES;; left--) {
			try {
				this.undelivered.put(registration, exit);
				tryToPost(registration);
				return;
			}
			catch (OutOfMemoryError ex) {
				MemoryReserve.await(left, ex);
			}
		}
	}

	private void tryToPost(Registration registration) {
		try {
			registration.loop().callSoonThreadsafe(() -> tell(registration));
		}
		catch (IllegalStateException ex) {
			tell(registration);
		}
	}

	/**
	 * Find who is to be told of a process.
	 */
	@Nullable Registration find(long pid) {
		for (Registration registration : this.undelivered.keySet()) {
			if (registration.pid() == pid) {
				return registration;
			}
		}
		return null;
	}

	/**
	 * Tell that one no more.
	 * @return the exit, {@code null} if it has been told already
	 */
	@Nullable ChildExit withdraw(Registration registration) {
		return this.undelivered.remove(registration);
	}

	/**
	 * Tell in this thread what was posted to a loop that has closed.
	 */
	void loopClosed(EventLoop loop) {
		ClosingSteps.each(this.undelivered.keySet(), (registration) -> {
			if (registration.loop() == loop) {
				tell(registration);
			}
		});
	}

	private void tell(Registration registration) {
		ChildExit exit = withdraw(registration);
		if (exit != null) {
			this.exits.tell(registration, exit);
		}
	}

}
