package io.eventloop.subprocess;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
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

	/**
	 * Opening a file may take as long as its file system, or the other end of a named
	 * pipe, wants.
	 */
	@Override
	public boolean mayStartOnLoop(SubprocessSpec spec, long nanos) {
		return !opensFile(spec.stdin()) && !opensFile(spec.stdout()) && !opensFile(spec.stderr())
				&& this.reactor.isFreeFor(nanos);
	}

	private static boolean opensFile(Redirect redirect) {
		return redirect.file() != null && !redirect.equals(Redirect.DISCARD);
	}

	@Override
	public boolean isLocal(SubprocessSpec spec) {
		return PosixChild.isLocal(spec);
	}

	@Override
	public Child start(SubprocessSpec spec, @Nullable ChildWatcher watcher, LaunchGate gate) throws IOException {
		return PosixChild.start(spec, Objects.requireNonNull(watcher), gate);
	}

	@Override
	public void close() {
	}

}
