package io.eventloop.watcher;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

import io.eventloop.ChildExit;
import io.eventloop.ChildHandler;
import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.ExitStatus;
import io.eventloop.SpawnScope;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.posix.ChildProcess;
import org.jspecify.annotations.Nullable;

/**
 * A watcher's table of handlers: one per pid, the last one registered. A handler leaves
 * the table once, by being replaced, removed or taken, so that it is called at most once.
 * <p>
 * Notifies its watcher of each loop that closes while children are registered from it, or
 * after. Safe to use from any thread.
 */
final class ChildHandlers {

	private final String watcher;

	private final Consumer<EventLoop> loopClosed;

	private final Map<Long, Registration> registrations = new ConcurrentHashMap<>();

	private final Set<EventLoop> loops = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	/**
	 * Number of open scopes, in which children may still be registered.
	 */
	private int scopes;

	private boolean open = true;

	ChildHandlers(String watcher, Consumer<EventLoop> loopClosed) {
		this.watcher = watcher;
		this.loopClosed = loopClosed;
	}

	/**
	 * Add a handler to the table, for the loop that runs in this thread.
	 * @param watch starts watching the child; if it fails, the handler is removed again
	 */
	void register(long pid, ChildHandler handler, Consumer<Registration> watch) {
		register(pid, null, handler, watch);
	}

	/**
	 * Add a handler to the table, for the loop that runs in this thread.
	 * @param known the child, or {@code null} if only its pid is known
	 */
	void register(long pid, @Nullable ChildProcess known, ChildHandler handler, Consumer<Registration> watch) {
		if (pid <= 0) {
			throw new IllegalArgumentException(
					"Cannot watch process %d; register the positive pid of one child".formatted(pid));
		}
		Objects.requireNonNull(handler, "'handler' must not be null");
		requireOpen(pid);
		EventLoop loop = EventLoops.getRunningLoop();
		Registration registration = Objects.requireNonNull(this.registrations.compute(pid,
				(key, replaced) -> new Registration((known != null) ? known : ChildProcess.of(pid), handler, loop)));
		if (this.loops.add(loop)) {
			loop.addCloseListener(() -> this.loopClosed.accept(loop));
		}
		try {
			// Check again: a watcher that closes reads the table and then releases
			// everything
			requireOpen(pid);
			watch.accept(registration);
		}
		catch (Throwable ex) {
			take(registration);
			throw ex;
		}
	}

	/**
	 * Remove the handler of a pid from the table, without calling it.
	 */
	@Nullable Registration remove(long pid) {
		return this.registrations.remove(pid);
	}

	/**
	 * Take a registration from the table, to call its handler.
	 * @return whether it was still there
	 */
	boolean take(Registration registration) {
		return this.registrations.remove(registration.pid(), registration);
	}

	/**
	 * Take a registration from the table and reap its child, in one step: a handler
	 * registered before it is called, and one registered after it is too late.
	 * @return the exit, or {@code null} if the registration was no longer there
	 */
	@Nullable ChildExit takeExit(Registration registration) {
		return takeExit(registration, (child) -> {
			ChildExit exit = child.reap();
			return (exit != null) ? exit : new ChildExit(child.pid(),
					new ExitStatus.Lost("the process has exited, and its pid belongs to another one"), null);
		});
	}

	/**
	 * Do so if the child has exited and is ours to reap.
	 * @return the exit, or {@code null} if it is not, or the registration was no longer
	 * there
	 */
	@Nullable ChildExit takeExitIfDead(Registration registration) {
		return takeExit(registration, ChildProcess::reap);
	}

	private @Nullable ChildExit takeExit(Registration registration,
			Function<ChildProcess, @Nullable ChildExit> reaping) {
		for (int left = MemoryReserve.TRIES;; left--) {
			try {
				return tryToTakeExit(registration, reaping);
			}
			catch (OutOfMemoryError ex) {
				// Nothing was taken out: the exit is with the child's owner until it is
				MemoryReserve.await(left, ex);
			}
		}
	}

	private @Nullable ChildExit tryToTakeExit(Registration registration,
			Function<ChildProcess, @Nullable ChildExit> reaping) {
		AtomicReference<@Nullable ChildExit> taken = new AtomicReference<>();
		this.registrations.computeIfPresent(registration.pid(), (pid, present) -> {
			if (!present.equals(registration)) {
				return present;
			}
			taken.setPlain(reaping.apply(registration.child()));
			return (taken.getPlain() != null) ? null : present;
		});
		return taken.getPlain();
	}

	/**
	 * Return the registration for exactly this child, not for another one with the same
	 * pid.
	 */
	@Nullable Registration find(ChildProcess child) {
		Registration registration = this.registrations.get(child.pid());
		return (registration != null && registration.child() == child) ? registration : null;
	}

	/**
	 * Return the registration for exactly this child, if it was made from this loop.
	 */
	@Nullable Registration find(ChildProcess child, EventLoop loop) {
		Registration registration = find(child);
		return (registration != null && registration.loop() == loop) ? registration : null;
	}

	/**
	 * Return the registration for a pid.
	 */
	@Nullable Registration find(long pid) {
		return this.registrations.get(pid);
	}

	/**
	 * Return all registrations, including those added during the iteration.
	 */
	Collection<Registration> all() {
		return this.registrations.values();
	}

	List<Registration> of(EventLoop loop) {
		return this.registrations.values().stream().filter((registration) -> registration.loop() == loop).toList();
	}

	synchronized boolean isOpen() {
		return this.open;
	}

	/**
	 * Return whether children may be registered: until the watcher is closed, and
	 * afterwards in scopes that were entered before.
	 */
	synchronized boolean acceptsChildren() {
		return this.open || this.scopes > 0;
	}

	/**
	 * Return whether the watcher is closed and has reported all its children.
	 */
	boolean isDrained() {
		return !acceptsChildren() && this.registrations.isEmpty();
	}

	/**
	 * Enter a scope without further action at its end.
	 */
	SpawnScope enter() {
		return enter(() -> {
		});
	}

	/**
	 * Enter a scope. Once the watcher is closed, nothing can be registered in it.
	 * @param left called when it ends
	 */
	synchronized SpawnScope enter(Runnable left) {
		if (!this.open) {
			return () -> {
			};
		}
		AtomicBoolean entered = new AtomicBoolean(true);
		SpawnScope scope = () -> {
			if (entered.getAndSet(false)) {
				leave();
				left.run();
			}
		};
		this.scopes++;
		return scope;
	}

	private synchronized void leave() {
		this.scopes--;
	}

	synchronized void close() {
		this.open = false;
	}

	private void requireOpen(long pid) {
		if (!acceptsChildren()) {
			throw new IllegalStateException(
					"Cannot watch process %d: the %s child watcher is closed; set another with EventLoops.setChildWatcher"
						.formatted(pid, this.watcher));
		}
	}

}
