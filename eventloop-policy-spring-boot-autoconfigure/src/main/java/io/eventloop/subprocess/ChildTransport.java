package io.eventloop.subprocess;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;

import io.eventloop.ChildExit;
import io.eventloop.ChildTree;
import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.Signal;
import io.eventloop.SubprocessProtocol;
import io.eventloop.SubprocessSpec;
import io.eventloop.SubprocessTransport;
import io.eventloop.Teardown;
import io.eventloop.Transport;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;
import io.eventloop.pipe.LoopCalls;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child process and the pipes to it.
 *
 * <pre>
 * connected ──exit──▶ onExit ──last pipe lost──▶ connectionLost, onDrained
 *     '──last pipe lost──▶ (no pipes) ──exit──▶ onExit, connectionLost, onDrained
 * </pre>
 */
final class ChildTransport implements SubprocessTransport {

	private static final Logger logger = LoggerFactory.getLogger(ChildTransport.class);

	private final SubprocessLauncher launcher;

	private final EventLoop loop;

	private final SubprocessSpec spec;

	private final Child child;

	private final SubprocessProtocol protocol;

	private final ProtocolCalls calls;

	private final ChildPipes pipes;

	private final ChildEnd end;

	private final long begin = System.nanoTime();

	private @Nullable Throwable abandonedFor;

	/**
	 * These are allocated before the child ends, as there may be no memory then.
	 */
	private final RepeatableCallback exitNoted = new TransportCall(this, TransportCall.EXIT_NOTED);

	private final RepeatableCallback exitToTell = new TransportCall(this, TransportCall.TELL_EXIT);

	private final RepeatableCallback finishing = new TransportCall(this, TransportCall.FINISH);

	private final RepeatableCallback exitCall = new TransportCall(this, TransportCall.PROCESS_EXITED);

	private final RepeatableCallback closing = new TransportCall(this, TransportCall.CLOSE);

	private boolean exitTold;

	private boolean finished;

	private boolean closed;

	private volatile boolean ending;

	private boolean killedOnLoopClose;

	ChildTransport(SubprocessLauncher launcher, SubprocessSpec spec, Child child, SubprocessProtocol protocol) {
		this.launcher = launcher;
		this.loop = launcher.reactor().loop();
		this.spec = spec;
		this.child = child;
		this.protocol = protocol;
		this.calls = new ProtocolCalls(this.loop, protocol, (error) -> outOfMemory("data", error));
		this.end = new ChildEnd(this.loop, child);
		// Last, as it takes over descriptors that remain the child's if there is no
		// memory
		this.pipes = new ChildPipes(launcher.reactor(), child, protocol, this.calls, this::finishIfOver,
				this::outOfMemory);
	}

	/**
	 * Tell the protocol that the child runs, and begin to read.
	 */
	void connect() {
		debug("was created");
		this.calls.connect(() -> this.protocol.connectionMade(this));
		this.pipes.start();
	}

	/**
	 * Let go of the pipes without a word to the protocol, which is not connected.
	 */
	void discard() {
		this.closed = true;
		this.pipes.lose(null);
	}

	/**
	 * Have the child's exit told.
	 */
	void watch() {
		this.child.watch(this::childExited);
	}

	/**
	 * Kill and reap the child, because no watcher will report it. Blocks.
	 */
	void killAndReap() {
		this.child.claimExit();
		KillAndReap.kill(this.child);
		childExited(KillAndReap.reap(this.child));
	}

	/**
	 * The child's end was seen. Only the first call counts.
	 */
	private void childExited(ChildExit ended) {
		try {
			this.end.note(ended, this.exitNoted);
		}
		catch (OutOfMemoryError ex) {
			// The exit was told all the same; a listener, or a report, found no memory
			MemoryReserve.release();
		}
	}

	void tellProtocolOfExit() {
		this.protocol.processExited();
	}

	void exitNoted() {
		try {
			if (LoopCalls.isOn(this.loop)) {
				MemoryReserve.insist(this.exitToTell);
			}
			else {
				MemoryReserve.post(this.loop, this.exitToTell);
			}
		}
		catch (IllegalStateException | OutOfMemoryError ex) {
			// The loop is closed, or cannot be reached: the protocol is told no more, but
			// no future is left to wait for ever
			this.end.exited();
			this.end.drained();
		}
	}

	/**
	 * Tell the exit, once. What an earlier run has told before it found no memory is not
	 * told again.
	 */
	void tellExit() {
		if (!this.exitTold) {
			this.launcher.exited(this);
			debug("has exited");
			this.exitTold = true;
			this.calls.call(this.exitCall);
		}
		this.end.exited();
		finishIfOver();
	}

	private void finishIfOver() {
		if (this.exitTold && !this.finished && !isDraining()) {
			this.finished = true;
			this.calls.call(this.finishing);
		}
	}

	/**
	 * Return whether there are pipes that may still be read or written.
	 */
	boolean isDraining() {
		return !this.pipes.areAllLost();
	}

	void finish() {
		this.closed = true;
		try {
			this.protocol.connectionLost(this.abandonedFor);
		}
		finally {
			this.end.drained();
			this.launcher.finished(this);
		}
	}

	/**
	 * Kill the child because the loop is closed, unless it is detached.
	 * @return whether there is nothing left to kill
	 */
	boolean killOnLoopClose() {
		this.closed = true;
		if (isDetached() && !this.end.isNoted()) {
			return false;
		}
		this.killedOnLoopClose = !this.end.isNoted();
		return !this.killedOnLoopClose || KillAndReap.kill(this.child);
	}

	/**
	 * Reap the killed child and tell the protocol everything that was still to come, in
	 * the thread that closes the loop.
	 */
	void endOnLoopClose(Throwable reason) {
		if (!this.end.isNoted()) {
			this.child.unwatch();
			this.end.note(KillAndReap.reap(this.child), () -> {
				// This thread tells the exit itself
			});
		}
		else if (this.killedOnLoopClose) {
			KillAndReap.awaitTree(this.child);
		}
		losePipes(reason);
		tellExit();
	}

	/**
	 * Close the pipes because the loop is closed.
	 */
	void losePipes(Throwable reason) {
		this.abandonedFor = reason;
		this.pipes.lose(reason);
	}

	@Override
	public long pid() {
		return this.child.pid();
	}

	@Override
	public String program() {
		return this.spec.program();
	}

	@Override
	public Duration age() {
		return Duration.ofNanos(System.nanoTime() - this.begin);
	}

	@Override
	public OptionalInt returnCode() {
		return this.end.returnCode();
	}

	@Override
	public Optional<ChildExit> exit() {
		return this.end.exit();
	}

	@Override
	public LoopFuture<Integer> onExit() {
		return this.end.onExit();
	}

	@Override
	public LoopFuture<Integer> onDrained() {
		this.launcher.awaited(this);
		LoopFuture<Integer> drained = this.end.onDrained();
		if (drained.isDone()) {
			this.launcher.finished(this);
		}
		return drained;
	}

	/**
	 * Return whether a future waits for the child's end.
	 */
	boolean isAwaited() {
		return this.end.isAwaited();
	}

	@Override
	public @Nullable Transport pipeTransport(int fd) {
		return this.pipes.get(fd);
	}

	@Override
	public void sendSignal(Signal signal) {
		this.child.signal(signal);
	}

	@Override
	public void sendSignalToGroup(Signal signal) {
		this.child.signalGroup(signal);
	}

	@Override
	public LoopFuture<Teardown.Outcome> end(Teardown ladder) {
		Objects.requireNonNull(ladder, "'ladder' must not be null");
		this.ending = true;
		return TreeTeardown.of(this.loop, this, ladder);
	}

	@Override
	public boolean isEnding() {
		return this.ending;
	}

	@Override
	public boolean leadsGroup() {
		return this.child.leadsGroup();
	}

	@Override
	public ChildTree tree() {
		return this.child.tree();
	}

	@Override
	public boolean isClosing() {
		return this.closed;
	}

	@Override
	public void close() {
		this.ending = true;
		try {
			LoopCalls.run(this.loop, this.closing);
		}
		catch (IllegalStateException ex) {
			// The loop is closed, and all of this with it
			logger.trace("Nothing is left to close of {}", this, ex);
		}
	}

	void closeOnLoop() {
		if (this.closed) {
			return;
		}
		this.pipes.close();
		// A signal surely reaches the group of a leader until that is reaped
		if (!this.end.isKnown() || (this.child.leadsGroup() && !this.end.isNoted())) {
			debug("is closed while it runs: it is killed");
			KillAndReap.kill(this.child);
		}
		this.closed = true;
	}

	/**
	 * End the child, for whose data there is no memory: no part of them may be taken for
	 * all. On the loop.
	 * @param stream which data
	 * @return the reason for those who wait for them
	 */
	IOException outOfMemory(String stream, OutOfMemoryError error) {
		MemoryReserve.release();
		boolean running = !this.end.isNoted();
		for (int left = MemoryReserve.TRIES;; left--) {
			try {
				KillAndReap.kill(this.child);
				this.closed = true;
				this.pipes.close();
				return MemoryShortage.of(this, stream, running, error);
			}
			catch (OutOfMemoryError ex) {
				MemoryReserve.await(left, ex);
			}
		}
	}

	private void debug(String what) {
		if (this.loop.isDebug()) {
			logger.debug("{} {}", this, what);
		}
	}

	@Override
	public String toString() {
		StringJoiner text = new StringJoiner(", ", "SubprocessTransport[", "]");
		text.add("program=" + program()).add("pid=" + pid());
		if (this.closed) {
			text.add("closed");
		}
		text.add(this.end.toString());
		this.pipes.describe(text);
		return text.toString();
	}

}
