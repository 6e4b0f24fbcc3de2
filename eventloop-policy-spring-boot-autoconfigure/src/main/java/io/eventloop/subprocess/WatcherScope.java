package io.eventloop.subprocess;

import java.util.function.Supplier;

import io.eventloop.ChildWatcher;
import io.eventloop.SpawnScope;
import io.eventloop.SubprocessSpec;
import io.eventloop.memory.MemoryReserve;
import org.jspecify.annotations.Nullable;

/**
 * The scope of a child watcher in which a child is started and registered: the watcher
 * takes the child even if it is closed meanwhile.
 *
 * @param watcher the watcher that will notice the child's exit, or {@code null} where the
 * loop needs none
 * @param scope the watcher's scope, open until the child is registered
 */
record WatcherScope(@Nullable ChildWatcher watcher, SpawnScope scope) {

	/**
	 * That of a child which needs no watcher, or has not got so far.
	 */
	static final WatcherScope NONE = new WatcherScope(null, () -> {
	});

	/**
	 * Enter a scope of the current watcher. One that was closed before may just have been
	 * replaced by another.
	 * @param current the watcher in use, or {@code null} where none is needed
	 * @param spec what is about to be started
	 * @throws IllegalStateException if the watcher is not active
	 */
	static WatcherScope enter(Supplier<? extends @Nullable ChildWatcher> current, SubprocessSpec spec) {
		ChildWatcher watcher = current.get();
		while (watcher != null) {
			SpawnScope scope = watcher.enter();
			if (watcher.isActive()) {
				return new WatcherScope(watcher, scope);
			}
			scope.close();
			ChildWatcher replacement = current.get();
			if (replacement == watcher) {
				throw new IllegalStateException(
						"Child watcher '%s' is not active, so the end of %s would go unnoticed; attach it to a running loop"
							.formatted(watcher.name(), spec.program()));
			}
			watcher = replacement;
		}
		return NONE;
	}

	/**
	 * Leave the scope. A launch does not end because its watcher finds no memory for what
	 * it does then.
	 */
	void leave() {
		try {
			this.scope.close();
		}
		catch (OutOfMemoryError ex) {
			MemoryReserve.release();
		}
	}

}
