package io.eventloop.subprocess;

import java.util.OptionalInt;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicReference;

import io.eventloop.ChildExit;
import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.ExitStatus;
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
 * A child process and the pipes to it, on a loop that can watch descriptors.
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

	private final String program;

	private final boolean leadsGroup;

	private final ChildWatcher watcher;

	private final StartedChild child;

	private final SubprocessProtocol protocol;

	private final ProtocolCalls calls;

	private final ChildPipes pipes;

	private final Waiters<Integer> exitWaiters;

	private final Waiters<Integer> drainWaiters;

	private final AtomicReference<@Nullable ChildExit> exit = new AtomicReference<>();

	private @Nullable Throwable abandonedFor;

	private boolean exitTold;

	private boolean closed;

	ChildTransport(SubprocessLauncher launcher, SubprocessSpec spec, ChildWatcher watcher, StartedChild child,
			SubprocessProtocol protocol) {
		this.launcher = launcher;
		this.loop = launcher.reactor().loop();
		this.program = spec.program();
		this.leadsGroup = spec.startNewSession() || spec.processGroup().orElse(-1) == 0;
		this.watcher = watcher;
		this.child = child;
		this.protocol = protocol;
		this.calls = new ProtocolCalls(this.loop, protocol);
		this.pipes = new ChildPipes(launcher.reactor(), child.streams(), protocol, this.calls, this::finishIfOver);
		this.exitWaiters = new Waiters<>(this.loop);
		this.drainWaiters = new Waiters<>(this.loop);
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
	 * Let go of everything without a word to the protocol: the child is not watched.
	 */
	void discard() {
		this.closed = true;
		this.pipes.lose(null);
	}

	/**
	 * Kill and reap the child, because no watcher will report it. Blocks.
	 */
	void bury() {
		Burial.kill(this.child.process());
		childExited(Burial.reap(this.child.process()));
	}

	/**
	 * The watcher has seen the child's end. Only the first call counts.
	 */
	void childExited(ChildExit ended) {
		if (!record(ended)) {
			return;
		}
		try {
			LoopCalls.run(this.loop, this::tellExit);
		}
		catch (IllegalStateException ex) {
			// The loop is closed: nobody is told any more, but nobody waits for ever
			this.exitWaiters.complete(ended.returnCode());
			this.drainWaiters.complete(ended.returnCode());
		}
	}

	private boolean record(ChildExit ended) {
		boolean first = this.exit.compareAndSet(null, ended);
		if (first) {
			new ChildReports(this.loop, this.watcher).reaped(this.child, ended);
		}
		return first;
	}

	private void tellExit() {
		if (this.exitTold) {
			return;
		}
		this.exitTold = true;
		debug("has exited");
		this.launcher.exited(this);
		this.calls.call(this.protocol::processExited);
		returnCode().ifPresent(this.exitWaiters::complete);
		finishIfOver();
	}

	private void finishIfOver() {
		if (this.exitTold && this.pipes.areAllLost()) {
			this.calls.call(this::finish);
		}
	}

	private void finish() {
		this.closed = true;
		this.launcher.finished(this);
		try {
			this.protocol.connectionLost(this.abandonedFor);
		}
		finally {
			returnCode().ifPresent(this.drainWaiters::complete);
		}
	}

	/**
	 * Kill the child because the loop is closed.
	 * @return whether there is nothing left to kill
	 */
	boolean killForGood() {
		this.closed = true;
		return this.exit.get() != null || Burial.kill(this.child.process());
	}

	/**
	 * Reap the killed child and tell the protocol everything that was still to come, in
	 * the thread that closes the loop.
	 */
	void endForGood(Throwable reason) {
		this.abandonedFor = reason;
		if (this.exit.get() == null) {
			this.watcher.removeChildHandler(pid());
			record(Burial.reap(this.child.process()));
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
		return this.child.process().pid();
	}

	@Override
	public OptionalInt returnCode() {
		ChildExit known = this.exit.get();
		if (known != null) {
			return OptionalInt.of(known.returnCode());
		}
		ExitStatus status = this.child.process().peek();
		return (status != null) ? OptionalInt.of(status.returnCode()) : OptionalInt.empty();
	}

	@Override
	public @Nullable Transport pipeTransport(int fd) {
		return this.pipes.get(fd);
	}

	@Override
	public LoopFuture<Integer> onExit() {
		return this.exitWaiters.await();
	}

	@Override
	public LoopFuture<Integer> onDrained() {
		return this.drainWaiters.await();
	}

	/**
	 * Tell whether anybody waits for the child's end.
	 */
	boolean isAwaited() {
		return this.exitWaiters.isAwaited() || this.drainWaiters.isAwaited();
	}

	String program() {
		return this.program;
	}

	@Override
	public void sendSignal(Signal signal) {
		this.child.process().signal(signal);
	}

	@Override
	public void sendSignalToGroup(Signal signal) {
		if (!this.leadsGroup) {
			throw new IllegalStateException(
					"Process %d shares this JVM's process group, so %s to the group would reach the JVM; "
						.formatted(pid(), signal) + "start it with processGroup(0) or startNewSession(true)");
		}
		this.child.process().signalGroup(signal);
	}

	@Override
	public boolean leadsGroup() {
		return this.leadsGroup;
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
			Burial.kill(this.child.process());
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
		text.add("program=" + this.program).add("pid=" + pid());
		if (this.closed) {
			text.add("closed");
		}
		ChildExit known = this.exit.get();
		text.add((known != null) ? "returnCode=" + known.returnCode() : "running");
		this.pipes.describe(text);
		return text.toString();
	}

}
