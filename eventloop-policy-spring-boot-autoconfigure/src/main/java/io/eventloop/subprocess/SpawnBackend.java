package io.eventloop.subprocess;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

import io.eventloop.ChildTree;
import io.eventloop.ChildWatcher;
import io.eventloop.EventLoops;
import io.eventloop.SubprocessSpec;
import io.eventloop.pipe.PipeReactor;
import io.eventloop.posix.PosixSpawn;
import io.eventloop.posix.SpawnRequest;
import org.jspecify.annotations.Nullable;

/**
 * Children that are spawned here, with pipes that the loop waits for and the policy's
 * child watcher.
 *
 * @param reactor the loop
 * @param pumps is the reactor where threads read and write the pipes
 */
record SpawnBackend(PipeReactor reactor, @Nullable BlockingPipeReactor pumps) implements ChildBackend {

	/**
	 * Create the backend of a loop that waits for its children's pipes.
	 */
	SpawnBackend(PipeReactor reactor) {
		this(reactor, null);
	}

	/**
	 * Create the backend of a loop that cannot wait for descriptors.
	 */
	SpawnBackend(BlockingPipeReactor pumps) {
		this(pumps, pumps);
	}

	@Override
	public ChildWatcher watcher() {
		return EventLoops.getChildWatcher();
	}

	@Override
	public boolean isLocal(SubprocessSpec spec) {
		return Spawn.POSIX.isLocal(request(spec, ChildStreams.INHERITED, List.of()));
	}

	/**
	 * Start a child. Nothing is allocated between its birth and the return: room for the
	 * record is made before its components are.
	 */
	@Override
	public Child start(ChildTree tree, @Nullable ChildWatcher watcher, LaunchGate gate) throws IOException {
		SubprocessSpec spec = tree.spec();
		long begin = System.nanoTime();
		List<String> wrapper = RestrictedStart.wrapper(tree);
		ChildStreams streams = ChildStreams.open(spec, gate, this.pumps);
		try {
			gate.pass();
			return new PosixChild(Spawn.POSIX.spawn(request(spec, streams, wrapper)), tree, spec,
					Objects.requireNonNull(watcher), streams, System.nanoTime(), System.nanoTime() - begin);
		}
		catch (IOException | RuntimeException | Error ex) {
			streams.closeOurEnds();
			throw ex;
		}
		finally {
			streams.closeChildEnds();
		}
	}

	private static SpawnRequest request(SubprocessSpec spec, ChildStreams streams, List<String> wrapper) {
		List<String> command = spec.command();
		return new SpawnRequest(spec.program(), command.subList(1, command.size()), spec.environment(),
				spec.environmentChanges(), spec.directory(), streams.childEnd(ChildStreams.STDIN),
				streams.childEnd(ChildStreams.STDOUT), streams.childEnd(ChildStreams.STDERR), spec.startNewSession(),
				spec.processGroup(), wrapper);
	}

	@Override
	public void close() {
		if (this.pumps != null) {
			this.pumps.close();
		}
	}

	/**
	 * Bound with the first child rather than with the first loop.
	 */
	private static final class Spawn {

		private static final PosixSpawn POSIX = new PosixSpawn();

	}

}
