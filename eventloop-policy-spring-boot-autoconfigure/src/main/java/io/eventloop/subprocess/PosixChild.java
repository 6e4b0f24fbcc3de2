package io.eventloop.subprocess;

import io.eventloop.ChildExit;
import io.eventloop.ChildHandler;
import io.eventloop.ChildTree;
import io.eventloop.ChildWatcher;
import io.eventloop.ExitStatus;
import io.eventloop.Signal;
import io.eventloop.SubprocessSpec;
import io.eventloop.posix.ChildProcess;
import org.jspecify.annotations.Nullable;

/**
 * A child that was spawned here, and that a watcher waits for.
 *
 * @param process the child
 * @param tree what belongs to it
 * @param spec what was started, and how
 * @param watcher the watcher
 * @param streams our ends of its pipes
 * @param startedAt when it ran its program, on the clock of {@link System#nanoTime()}
 * @param spawnNanos how long starting it took
 */
record PosixChild(ChildProcess process, ChildTree tree, SubprocessSpec spec, ChildWatcher watcher, ChildStreams streams,
		long startedAt, long spawnNanos) implements Child {

	@Override
	public long pid() {
		return this.process.pid();
	}

	@Override
	public boolean isReaped() {
		return this.process.isReaped();
	}

	@Override
	public long lastOwnTick() {
		return this.process.lastOwnTick();
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
		this.watcher.addChildHandler(pid(), this.streams.atExit(handler));
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
