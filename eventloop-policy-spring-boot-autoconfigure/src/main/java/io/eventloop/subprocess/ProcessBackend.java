package io.eventloop.subprocess;

import java.io.IOException;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.SubprocessSpec;
import io.eventloop.posix.InheritedStreams;
import org.jspecify.annotations.Nullable;

/**
 * Children of {@link ProcessBuilder}'s, whose ends the JDK tells.
 *
 * @param reactor what reads and writes their pipes
 */
record ProcessBackend(BlockingPipeReactor reactor) implements ChildBackend {

	ProcessBackend(EventLoop loop) {
		this(new BlockingPipeReactor(loop));
		InheritedStreams.look();
	}

	@Override
	public @Nullable ChildWatcher watcher() {
		return null;
	}

	@Override
	public boolean mayStartOnLoop(SubprocessSpec spec, long nanos) {
		return false;
	}

	@Override
	public boolean isLocal(SubprocessSpec spec) {
		return false;
	}

	@Override
	public Child start(SubprocessSpec spec, @Nullable ChildWatcher watcher, LaunchGate gate) throws IOException {
		return JdkChild.start(spec, this.reactor, gate);
	}

	@Override
	public void close() {
		this.reactor.close();
	}

}
