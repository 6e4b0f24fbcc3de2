package io.eventloop.subprocess;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.StringJoiner;

import io.eventloop.ChildExit;
import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
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

	private final Child child;

	private final SubprocessProtocol protocol;

	private final ProtocolCalls calls;

	private final ChildPipes pipes;

	private final ChildEnd end;

	private @Nullable Throwable abandonedFor;

	/**
	 * These are allocated before the child ends, as there may be no memory then.
	 */
	private final Runnable exitNoted = this::exitNoted;

	private final Runnable exitToTell = this::tellExit;

	private final Runnable finishing = this::finish;

	private final Runnable exitCall;

	private boolean exitTold;

	private boolean closed;

	ChildTransport(SubprocessLauncher launcher, SubprocessSpec spec, ChildReports reports, Child child,
			SubprocessProtocol protocol) {
		this.launcher = launcher;
		this.loop = reports.loop();
		this.spec = spec;
		this.child = child;
		this.protocol = protocol;
		this.calls = new ProtocolCalls(this.loop, protocol, this::protocolOutOfMemory);
		this.pipes = new ChildPipes(launcher.reactor(), child, protocol, this.calls, this::finishIfOver,
				this::outOfMemory);
		this.end = new ChildEnd(child, reports);
		this.exitCall = protocol::processExited;
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
			// Everybody was told all the same; a listener, or a report, found no memory
			MemoryReserve.release();
		}
	}

	private void exitNoted() {
		try {
			if (LoopCalls.isOn(this.loop)) {
				tellExit();
			}
			else {
				MemoryReserve.post(this.loop, this.exitToTell);
			}
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
		try {
			this.launcher.exited(this);
		}
		finally {
			try {
				this.calls.call(this.exitCall);
			}
			finally {
				this.end.exited();
				finishIfOver();
			}
		}
	}

	private void finishIfOver() {
		if (this.exitTold && !isDraining()) {
			this.calls.call(this.finishing);
		}
	}

	/**
	 * Return whether there are pipes that somebody may still read or write.
	 */
	boolean isDraining() {
		return !this.pipes.areAllLost();
	}

	private void finish() {
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
	 * Kill the child because the loop is closed.
	 * @return whether there is nothing left to kill
	 */
	boolean killOnLoopClose() {
		this.closed = true;
		return this.end.isNoted() || KillAndReap.kill(this.child);
	}

	/**
	 * Reap the killed child and tell the protocol everything that was still to come, in
	 * the thread that closes the loop.
	 */
	void endOnLoopClose(Throwable reason) {
		if (!this.end.isNoted()) {
			this.child.unwatch();
			this.end.note(KillAndReap.reap(this.child), ChildTransport::nothingToTell);
		}
		losePipes(reason);
		tellExit();
	}

	private static void nothingToTell() {
		// The thread that closes the loop tells the exit itself
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
		this.launcher.awaited(this);
		LoopFuture<Integer> drained = this.end.onDrained();
		if (drained.isDone()) {
			this.launcher.finished(this);
		}
		return drained;
	}

	/**
	 * Return whether anybody waits for the child's end.
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
		if (returnCode().isEmpty() || mayLeaveAGroup()) {
			debug("is closed while it runs: it is killed");
			KillAndReap.kill(this.child);
		}
	}

	/**
	 * Return whether the child leads a group that a signal to it surely reaches: until
	 * its leader is reaped.
	 */
	private boolean mayLeaveAGroup() {
		return this.child.leadsGroup() && !this.end.isNoted();
	}

	/**
	 * End the child, for whose data there is no memory: no part of them may be taken for
	 * all. On the loop.
	 * @param stream which data
	 * @return the reason for those who wait for them
	 */
	IOException outOfMemory(String stream, OutOfMemoryError error) {
		MemoryReserve.release();
		String end = this.end.isNoted() ? "" : ", and the process was killed";
		for (int left = MemoryReserve.TRIES;; left--) {
			try {
				KillAndReap.kill(this.child);
				this.closed = true;
				this.pipes.close();
				return explain(stream, end, error);
			}
			catch (OutOfMemoryError ex) {
				MemoryReserve.await(left, ex);
			}
		}
	}

	private IOException explain(String stream, String end, OutOfMemoryError error) {
		String remedy = stream.equals("input") ? "write less at a time and wait for drain"
				: "redirect it to a file, or read it in pieces";
		return MemoryReserve.explain("The %s of process %d (%s) does not fit into memory%s; %s".formatted(stream, pid(),
				program(), end, remedy), error);
	}

	private void protocolOutOfMemory(OutOfMemoryError error) {
		IOException reason = outOfMemory("data", error);
		this.loop.callExceptionHandler(
				ExceptionContext.of("Error in a subprocess protocol", reason, "protocol", this.protocol));
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
