package io.eventloop.subprocess;

import java.util.OptionalInt;
import java.util.StringJoiner;

import io.eventloop.ChildExit;
import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.Signal;
import io.eventloop.SubprocessProtocol;
import io.eventloop.SubprocessSpec;
import io.eventloop.SubprocessTransport;
import io.eventloop.Transport;
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

	private final StartedChild child;

	private final SubprocessProtocol protocol;

	private final ProtocolCalls calls;

	private final ChildPipes pipes;

	private final ChildEnd end;

	private @Nullable Throwable abandonedFor;

	private boolean exitTold;

	private boolean closed;

	ChildTransport(SubprocessLauncher launcher, SubprocessSpec spec, ChildReports reports, StartedChild child,
			SubprocessProtocol protocol) {
		this.launcher = launcher;
		this.loop = reports.loop();
		this.spec = spec;
		this.child = child;
		this.protocol = protocol;
		this.calls = new ProtocolCalls(this.loop, protocol);
		this.pipes = new ChildPipes(launcher.reactor(), child, protocol, this.calls, this::finishIfOver);
		this.end = new ChildEnd(child, reports);
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
	void bury() {
		this.child.claimExit();
		Burial.kill(this.child);
		childExited(Burial.reap(this.child));
	}

	/**
	 * The child's end was seen. Only the first call counts.
	 */
	private void childExited(ChildExit ended) {
		if (!this.end.note(ended)) {
			return;
		}
		try {
			LoopCalls.run(this.loop, this::tellExit);
		}
		catch (IllegalStateException ex) {
			// The loop is closed: nobody is told any more, but nobody waits for ever
			this.end.exited();
			this.end.drained();
		}
	}

	private void tellExit() {
		if (this.exitTold) {
			return;
		}
		this.exitTold = true;
		debug("has exited");
		this.launcher.exited(this);
		this.calls.call(this.protocol::processExited);
		this.end.exited();
		finishIfOver();
	}

	private void finishIfOver() {
		if (this.exitTold && !isDraining()) {
			this.calls.call(this::finish);
		}
	}

	/**
	 * Tell whether there are pipes that somebody may still read or write.
	 */
	boolean isDraining() {
		return !this.pipes.areAllLost();
	}

	private void finish() {
		this.closed = true;
		this.launcher.finished(this);
		try {
			this.protocol.connectionLost(this.abandonedFor);
		}
		finally {
			this.end.drained();
		}
	}

	/**
	 * Kill the child because the loop is closed.
	 * @return whether there is nothing left to kill
	 */
	boolean killForGood() {
		this.closed = true;
		return this.end.isNoted() || Burial.kill(this.child);
	}

	/**
	 * Reap the killed child and tell the protocol everything that was still to come, in
	 * the thread that closes the loop.
	 */
	void endForGood(Throwable reason) {
		if (!this.end.isNoted()) {
			this.child.unwatch();
			this.end.note(Burial.reap(this.child));
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

	String program() {
		return this.spec.program();
	}

	@Override
	public OptionalInt returnCode() {
		return this.end.returnCode();
	}

	@Override
	public LoopFuture<Integer> onExit() {
		return this.end.onExit();
	}

	@Override
	public LoopFuture<Integer> onDrained() {
		return this.end.onDrained();
	}

	/**
	 * Tell whether anybody waits for the child's end.
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
	public boolean leadsGroup() {
		return this.child.leadsGroup();
	}

	@Override
	public boolean isClosing() {
		return this.closed;
	}

	@Override
	public void close() {
		try {
			LoopCalls.run(this.loop, this::closeOnLoop);
		}
		catch (IllegalStateException ex) {
			// The loop is closed, and all of this with it
			logger.trace("Nothing is left to close of {}", this, ex);
		}
	}

	private void closeOnLoop() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		this.pipes.close();
		if (returnCode().isEmpty()) {
			debug("is closed while it runs: it is killed");
			Burial.kill(this.child);
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
