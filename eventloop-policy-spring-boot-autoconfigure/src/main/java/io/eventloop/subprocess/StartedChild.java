package io.eventloop.subprocess;

import java.io.IOException;
import java.util.List;

import io.eventloop.SubprocessSpec;
import io.eventloop.posix.ChildProcess;
import io.eventloop.posix.PosixSpawn;
import io.eventloop.posix.SpawnRequest;

/**
 * A child that was just started and is not watched yet.
 *
 * @param process the child
 * @param streams our ends of its pipes
 * @param startedAt when it ran its program, on the clock of {@link System#nanoTime()}
 * @param spawnNanos how long starting it took
 */
record StartedChild(ChildProcess process, ChildStreams streams, long startedAt, long spawnNanos) {

	private static final PosixSpawn SPAWN = new PosixSpawn();

	/**
	 * Start the child. Blocks until it has executed its program; nothing is left open
	 * when that fails.
	 */
	static StartedChild start(SubprocessSpec spec) throws IOException {
		long begin = System.nanoTime();
		ChildStreams streams = ChildStreams.open(spec);
		try {
			ChildProcess process = SPAWN.spawn(request(spec, streams));
			long end = System.nanoTime();
			return new StartedChild(process, streams, end, end - begin);
		}
		catch (IOException | RuntimeException ex) {
			streams.closeOurEnds();
			throw ex;
		}
		finally {
			streams.closeChildEnds();
		}
	}

	private static SpawnRequest request(SubprocessSpec spec, ChildStreams streams) {
		List<String> command = spec.command();
		return new SpawnRequest(spec.program(), command.subList(1, command.size()), spec.environment(),
				spec.directory(), streams.childEnd(ChildStreams.STDIN), streams.childEnd(ChildStreams.STDOUT),
				streams.childEnd(ChildStreams.STDERR), spec.startNewSession(), spec.processGroup());
	}

}
