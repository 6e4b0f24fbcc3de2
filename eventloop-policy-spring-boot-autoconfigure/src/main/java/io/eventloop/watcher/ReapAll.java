package io.eventloop.watcher;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

import io.eventloop.ChildExit;
import io.eventloop.ChildHandler;
import io.eventloop.EventLoop;
import io.eventloop.ExitStatus;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.posix.ChildProcess;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reaps every child of the process, no matter which code spawned it. The handler of a
 * registered child is called on its loop, and can be replaced and removed until then. The
 * exit of any other child goes to the {@link UnclaimedExits}, or into the log.
 * <p>
 * Taking a child's exit and finding its handler is one atomic step, and registering is
 * another: whichever comes second sees the result of the first. May be used from any
 * thread.
 */
final class ReapAll {

	private static final Logger logger = LoggerFactory.getLogger(ReapAll.class);

	private final ChildHandlers handlers;

	private final UnclaimedExits unclaimed;

	private final UndeliveredExits undelivered;

	private final Object reaping = new Object();

	ReapAll(ChildHandlers handlers, UnclaimedExits unclaimed) {
		this.handlers = handlers;
		this.unclaimed = unclaimed;
		this.undelivered = new UndeliveredExits(new ChildExits(handlers));
	}

	void register(long pid, ChildHandler handler) {
		synchronized (this.reaping) {
			ChildProcess held = this.unclaimed.find(pid);
			if (held != null) {
				this.handlers.register(pid, held, handler, (registration) -> this.unclaimed.forget(pid));
			}
			else {
				registerInPlaceOf(this.undelivered.find(pid), pid, handler);
			}
		}
		Registration registered = this.handlers.find(pid);
		if (registered != null) {
			tellIfDead(registered);
		}
	}

	boolean remove(long pid) {
		return this.handlers.remove(pid) != null || withdraw(this.undelivered.find(pid)) != null;
	}

	/**
	 * Report now what was posted to a closed loop.
	 */
	void loopClosed(EventLoop loop) {
		this.undelivered.loopClosed(loop);
	}

	/**
	 * Reap every exited child, and have the handlers called. By one thread at a time.
	 * @return the pid of a child of ours that had exited
	 */
	OptionalLong sweep() {
		OptionalLong ours = OptionalLong.empty();
		for (Reaped next = reapNext(); next != null; next = reapNext()) {
			if (next.registration() != null) {
				ours = OptionalLong.of(next.exit().pid());
			}
			tell(next);
		}
		return ours;
	}

	/**
	 * Do so, and check each child of ours: other code may have reaped it.
	 * @return the pid of a child of ours that had exited
	 */
	OptionalLong checkEach() {
		OptionalLong ours = sweep();
		for (Registration registration : this.handlers.all()) {
			tellIfDead(registration);
		}
		return ours;
	}

	/**
	 * Register a child that may have been reaped, but whose handler was not called yet.
	 */
	private void registerInPlaceOf(@Nullable Registration waiting, long pid, ChildHandler handler) {
		ChildExit exit = withdraw(waiting);
		ChildProcess known = (waiting != null && exit != null) ? waiting.child() : null;
		try {
			this.handlers.register(pid, known, handler, (registration) -> {
			});
		}
		catch (RuntimeException ex) {
			if (waiting != null && exit != null) {
				this.undelivered.post(waiting, exit);
			}
			throw ex;
		}
	}

	/**
	 * Drop the undelivered exit, unless its pid belongs to another child by now.
	 */
	private @Nullable ChildExit withdraw(@Nullable Registration waiting) {
		boolean gone = waiting != null && ChildProcess.of(waiting.pid()).peek() instanceof ExitStatus.Lost;
		return (waiting != null && gone) ? this.undelivered.withdraw(waiting) : null;
	}

	private void tellIfDead(Registration registration) {
		ChildExit exit;
		synchronized (this.reaping) {
			exit = registration.child().reap();
			if (exit == null || !this.handlers.take(registration)) {
				return;
			}
		}
		this.undelivered.post(registration, exit);
	}

	private @Nullable Reaped reapNext() {
		synchronized (this.reaping) {
			Optional<ChildProcess> reaped = ChildProcess.reapAny();
			return reaped.isPresent() ? take(reaped.get()) : null;
		}
	}

	/**
	 * Take the handler of an exited child, or keep its exit for a later registration.
	 */
	private Reaped take(ChildProcess child) {
		for (int left = MemoryReserve.TRIES;; left--) {
			try {
				return tryToTake(child);
			}
			catch (OutOfMemoryError ex) {
				MemoryReserve.await(left, ex);
			}
		}
	}

	private Reaped tryToTake(ChildProcess child) {
		synchronized (this.reaping) {
			ChildExit exit = Objects.requireNonNull(child.reap(), "The child has not exited");
			Registration registration = this.handlers.find(child);
			Reaped registered = new Reaped(exit, registration, false);
			if (registration != null && this.handlers.take(registration)) {
				return registered;
			}
			boolean lost = exit.status() instanceof ExitStatus.Lost;
			return new Reaped(exit, null, !lost && !this.unclaimed.hold(child, exit) && !child.isExitClaimed());
		}
	}

	private void tell(Reaped reaped) {
		if (reaped.registration() != null) {
			this.undelivered.post(reaped.registration(), reaped.exit());
		}
		if (reaped.unknown()) {
			logger.warn(
					"The fast child watcher has reaped process {}, which was not registered, "
							+ "with return code {}; the code that spawned it has lost its exit status",
					reaped.exit().pid(), reaped.exit().returnCode());
		}
	}

	/**
	 * A child that was reaped.
	 *
	 * @param registration the registration to report to, if any
	 * @param unknown whether there can be none later either
	 */
	private record Reaped(ChildExit exit, @Nullable Registration registration, boolean unknown) {

	}

}
