package io.eventloop.watcher;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.eventloop.ChildExit;
import io.eventloop.EventLoop;
import io.eventloop.memory.ClosingSteps;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;
import org.jspecify.annotations.Nullable;

/**
 * Exits that have been taken, on their way to the loops that will call the handlers. None
 * is lost if its loop is closed. May be used from any thread.
 */
final class UndeliveredExits {

	private final ChildExits exits;

	private final Map<Registration, ChildExit> undelivered = new ConcurrentHashMap<>();

	UndeliveredExits(ChildExits exits) {
		this.exits = exits;
	}

	/**
	 * Report on the loop of the registration or, if that has been closed, in this thread.
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
			registration.loop().callSoonThreadsafe((RepeatableCallback) () -> tell(registration));
		}
		catch (IllegalStateException ex) {
			tell(registration);
		}
	}

	/**
	 * Find the registration of a process.
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
	 * Drop that exit.
	 * @return the exit, or {@code null} if it has been reported already
	 */
	@Nullable ChildExit withdraw(Registration registration) {
		return this.undelivered.remove(registration);
	}

	/**
	 * Report in this thread what was posted to a loop that has been closed.
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
