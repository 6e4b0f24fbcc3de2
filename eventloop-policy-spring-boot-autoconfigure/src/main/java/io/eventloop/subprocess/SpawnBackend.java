package io.eventloop.subprocess;

import java.io.IOException;
import java.util.Objects;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoops;
import io.eventloop.SubprocessSpec;
import org.jspecify.annotations.Nullable;

/**
 * Children that are spawned here, with pipes that the loop waits for and the policy's
 * child watcher.
 *
 * @param reactor the loop
 */
record SpawnBackend(PipeReactor reactor) implements ChildBackend {

	@Override
	public ChildWatcher watcher() {
		return EventLoops.getChildWatcher();
	}

	@Override
	public StartedChild start(SubprocessSpec spec, @Nullable ChildWatcher watcher) throws IOException {
		return SpawnedChild.start(spec, Objects.requireNonNull(watcher));
	}

	@Override
	public void close() {
	}

}
