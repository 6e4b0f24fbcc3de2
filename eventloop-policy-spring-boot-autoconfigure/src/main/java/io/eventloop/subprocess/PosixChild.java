package io.eventloop.subprocess;

import java.io.IOException;
import java.util.List;

import io.eventloop.ChildExit;
import io.eventloop.ChildHandler;
import io.eventloop.ChildWatcher;
import io.eventloop.ExitStatus;
import io.eventloop.Signal;
import io.eventloop.SubprocessSpec;
import io.eventloop.posix.ChildProcess;
import io.eventloop.posix.PosixSpawn;
import io.eventloop.posix.SpawnRequest;
import org.jspecify.annotations.Nullable;

/**
 * A child that was spawned here, and that a watcher waits for.
 *
 * @param process the child
 * @param spec what was started, and how
 * @param watcher the watcher
 * @param streams our ends of its pipes
 * @param startedAt when it ran its program, on the clock of {@link System#nanoTime()}
 * @param spawnNanos how long starting it took
 */
record PosixChild(ChildProcess process, SubprocessSpec spec, ChildWatcher watcher, ChildStreams streams, long startedAt,
		long spawnNanos) implements Child {

	private static final PosixSpawn SPAWN = new PosixSpawn();

	/**
	 * Start the child. Blocks until it has executed its program; nothing is left open
	 * when that fails. Nothing is allocated between its birth and the return: room for
	 * the record is made before its components are.
	 */
	static PosixChild start(SubprocessSpec spec, ChildWatcher watcher, LaunchGate gate) throws IOException {
		long begin = System.nanoTime();
		ChildStreams streams = ChildStreams.open(spec, gate);
		try {
			gate.pass();
			return new PosixChild(SPAWN.spawn(request(spec, streams)), spec, watcher, streams, System.nanoTime(),
					System.nanoTime() - begin);
		}
		catch (IOException | RuntimeException | Error ex) {
			streams.closeOurEnds();
			throw ex;
		}
		finally {
			streams.closeChildEnds();
		}
	}

	/**
	 * Return whether starting the child asks nothing of another machine or process. Takes
	 * as long as the file systems do.
	 */
	static boolean isLocal(SubprocessSpec spec) {
		return SPAWN.isLocal(request(spec, ChildStreams.INHERITED));
	}

	private static SpawnRequest request(SubprocessSpec spec, ChildStreams streams) {
		List<String> command = spec.command();
		return new SpawnRequest(spec.program(), command.subList(1, command.size()), spec.environment(),
				spec.environmentChanges(), spec.directory(), streams.childEnd(ChildStreams.STDIN),
				streams.childEnd(ChildStreams.STDOUT), streams.childEnd(ChildStreams.STDERR), spec.startNewSession(),
				spec.processGroup());
	}

	@Override
	public long pid() {
		return this.process.pid();
	}

	@Override
	public boolean isPipe(int stream) {
		return this.streams.isPipe(stream);
	}

	@Override
	public int ourEnd(int stream) {
		return this.streams.ourEnd(stream);
	}

	@Override
	public void closeOurEnds() {
		this.streams.closeOurEnds();
	}

	@Override
	public void watch(ChildHandler handler) {
		this.watcher.addChildHandler(pid(), handler);
	}

	@Override
	public void unwatch() {
		claimExit();
		this.watcher.removeChildHandler(pid());
	}

	@Override
	public void claimExit() {
		this.process.claimExit();
	}

	@Override
	public @Nullable ExitStatus peek() {
		return this.process.peek();
	}

	@Override
	public void signal(Signal signal) {
		this.process.signal(signal);
	}

	@Override
	public void signalGroup(Signal signal) {
		if (!leadsGroup()) {
			String shared = this.spec.processGroup().isPresent() ? "a process group" : "this JVM's process group";
			throw new IllegalStateException(
					"Process %d shares %s, so %s to the group would reach others too; ".formatted(pid(), shared, signal)
							+ "start it with processGroup(0) or startNewSession(true)");
		}
		this.process.signalGroup(signal);
	}

	@Override
	public boolean leadsGroup() {
		return this.spec.startNewSession() || this.spec.processGroup().orElse(-1) == 0;
	}

	@Override
	public @Nullable ChildExit reap() {
		return this.process.reap();
	}

}
