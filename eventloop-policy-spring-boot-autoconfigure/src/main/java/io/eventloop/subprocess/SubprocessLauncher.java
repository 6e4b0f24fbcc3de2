package io.eventloop.subprocess;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessConnection;
import io.eventloop.SubprocessProtocol;
import io.eventloop.SubprocessSpec;
import io.eventloop.SubprocessTransport;

/**
 * Starts the children of one loop, and ends them when the loop closes.
 * <p>
 * A child is started by the {@link Spawner}, within the scope of the policy's child
 * watcher where it needs one, and registered and connected on the loop.
 *
 * @since 0.1.0
 */
public final class SubprocessLauncher {

	private final ChildBackend backend;

	private final Spawner spawner;

	private final Set<Launch<?, ?>> launches = ConcurrentHashMap.newKeySet();

	private final Set<ChildTransport> running = ConcurrentHashMap.newKeySet();

	/**
	 * Children that have exited, but whose pipes somebody still holds. Weak, so that one
	 * that is forgotten with its pipe paused is noticed as a leak.
	 */
	private final Set<ChildTransport> draining = Collections.newSetFromMap(new WeakHashMap<>());

	private volatile boolean closed;

	/**
	 * Create the launcher of a loop that can wait for descriptors.
	 * @param reactor the loop, which calls {@link #close()} when it closes
	 */
	public SubprocessLauncher(PipeReactor reactor) {
		this(new SpawnBackend(reactor));
	}

	private SubprocessLauncher(ChildBackend backend) {
		this.backend = backend;
		this.spawner = new Spawner(backend);
	}

	/**
	 * Create the launcher of a loop whose children are those of {@link ProcessBuilder}:
	 * without a child watcher, and without native code of this library's.
	 * @param loop the loop, which calls {@link #close()} when it closes
	 * @return the launcher
	 */
	public static SubprocessLauncher overProcessBuilder(EventLoop loop) {
		return new SubprocessLauncher(new ProcessBackend(loop));
	}

	/**
	 * Start a child whose pipes are read and written as streams. May be called from any
	 * thread.
	 * @param spec what to start, and how
	 * @return the child; see {@link EventLoop#subprocess}
	 * @throws IllegalStateException if the loop is closed
	 */
	public LoopFuture<Subprocess> launch(SubprocessSpec spec) {
		EventLoop loop = loop();
		return launch(() -> new StreamsProtocol(loop, spec.limit()), spec,
				(connection) -> new StreamSubprocess(loop, connection.transport(), connection.protocol()));
	}

	/**
	 * Start a child with a protocol of the caller's. May be called from any thread.
	 * @param protocolFactory makes the protocol, on the loop's thread
	 * @param spec what to start, and how
	 * @param <P> the protocol's type
	 * @return the child; see {@link EventLoop#subprocessExec}
	 * @throws IllegalStateException if the loop is closed
	 */
	public <P extends SubprocessProtocol> LoopFuture<SubprocessConnection<P>> launch(Supplier<P> protocolFactory,
			SubprocessSpec spec) {
		return launch(protocolFactory, spec, Function.identity());
	}

	private <P extends SubprocessProtocol, T> LoopFuture<T> launch(Supplier<P> protocolFactory, SubprocessSpec spec,
			Function<SubprocessConnection<P>, T> view) {
		Objects.requireNonNull(protocolFactory, "'protocolFactory' must not be null");
		Objects.requireNonNull(spec, "'spec' must not be null");
		Launch<P, T> launch = new Launch<>(this, protocolFactory, spec, view);
		this.launches.add(launch);
		try {
			refuseIfClosed();
			loop().callSoonThreadsafe(launch::begin);
		}
		catch (IllegalStateException ex) {
			this.launches.remove(launch);
			throw ex;
		}
		return launch.result();
	}

	private void refuseIfClosed() {
		if (this.closed) {
			throw new IllegalStateException("%s is closed and starts no children; use another loop".formatted(loop()));
		}
	}

	/**
	 * Return the transports of the children that have not ended. May be called from any
	 * thread.
	 * @return a snapshot
	 */
	public Collection<SubprocessTransport> transports() {
		return List.copyOf(this.running);
	}

	/**
	 * Start no more children, and end those there are: their pipes are closed, and those
	 * that still run are killed and reaped. Blocks for as long as that takes, but not for
	 * a launch that waits for a file system: its child is killed when it comes. Called by
	 * the loop when it closes, in the thread that closes it, while it can still let go of
	 * descriptors. A second call does nothing.
	 */
	public void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		IllegalStateException reason = closedReason();
		this.launches.forEach((launch) -> launch.result().completeExceptionally(reason));
		this.spawner.close();
		this.launches.forEach(Launch::abandon);
		Map<Boolean, List<ChildTransport>> children = this.running.stream()
			.collect(Collectors.partitioningBy(ChildTransport::killForGood));
		children.getOrDefault(true, List.of()).forEach((child) -> child.endForGood(reason));
		children.getOrDefault(false, List.of()).forEach((child) -> child.losePipes(reason));
		new ArrayList<>(this.draining).forEach((child) -> child.losePipes(reason));
		this.backend.close();
	}

	/**
	 * Return what is told to those who still wait for a child when the loop closes.
	 */
	IllegalStateException closedReason() {
		return new IllegalStateException(
				"%s was closed while it had this child; wait for children before closing their loop".formatted(loop()));
	}

	boolean isClosed() {
		return this.closed;
	}

	ChildBackend backend() {
		return this.backend;
	}

	PipeReactor reactor() {
		return this.backend.reactor();
	}

	private EventLoop loop() {
		return reactor().loop();
	}

	Spawner spawner() {
		return this.spawner;
	}

	/**
	 * A launch has come to its end, whichever.
	 */
	void landed(Launch<?, ?> launch) {
		this.launches.remove(launch);
	}

	void started(ChildTransport child) {
		this.running.add(child);
	}

	/**
	 * A child has exited. On the loop's thread.
	 */
	void exited(ChildTransport child) {
		this.running.remove(child);
		if (child.isDraining()) {
			this.draining.add(child);
		}
	}

	/**
	 * All pipes of a child that has exited are closed. On the loop's thread.
	 */
	void finished(ChildTransport child) {
		this.draining.remove(child);
	}

}
