package io.eventloop.subprocess;

import java.io.IOException;

import io.eventloop.ChildTree;
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
		InheritedStreams.load();
	}

	@Override
	public @Nullable ChildWatcher watcher() {
		return null;
	}

	@Override
	public boolean isLocal(SubprocessSpec spec) {
		return false;
	}

	@Override
	public Child start(ChildTree tree, @Nullable ChildWatcher watcher, LaunchGate gate) throws IOException {
		return JdkChild.start(tree, this.reactor, gate);
	}

	@Override
	public void close() {
		this.reactor.close();
	}

}
