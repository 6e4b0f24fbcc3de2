package io.eventloop.subprocess;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessConnection;
import io.eventloop.SubprocessProtocol;
import io.eventloop.SubprocessSpec;
import io.eventloop.SubprocessTransport;
import io.eventloop.UnsupportedPlatformException;
import io.eventloop.memory.ClosingSteps;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;
import io.eventloop.pipe.PipeReactor;
import io.eventloop.posix.PosixPlatform;
import org.jspecify.annotations.Nullable;

/**
 * Starts the children of one loop, and ends them when the loop closes.
 * <p>
 * A child is started by the {@link Spawner}, within the scope of the policy's child
 * watcher where it needs one, and registered and connected on the loop.
 *
 * @since 0.1.0
 */
public final class SubprocessLauncher {

	private final PipeReactor reactor;

	private final Spawner spawner;

	private final Set<Launch<?, ?>> launches = ConcurrentHashMap.newKeySet();

	private final Set<ChildTransport> running = ConcurrentHashMap.newKeySet();

	/**
	 * Children that have exited, but whose pipes are still open. Weak, so that one that
	 * is forgotten with its pipe paused is noticed as a leak.
	 */
	private final Set<ChildTransport> draining = Collections
		.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	/**
	 * Children for whose last pipe a future waits. Held here, for that future has nothing
	 * else that will complete it.
	 */
	private final Set<ChildTransport> awaited = ConcurrentHashMap.newKeySet();

	/**
	 * Children that were not killed when the loop was closed: detached ones, and those
	 * that could not be.
	 */
	private final Set<ChildTransport> left = ConcurrentHashMap.newKeySet();

	private final Closing closing;

	private @Nullable IllegalStateException reason;

	private volatile @Nullable String refusal;

	private volatile boolean closed;

	/**
	 * Create the launcher of a loop that can wait for descriptors.
	 * @param reactor the loop, which calls {@link #close()} when it closes
	 * @param idleness whether the loop has time to start a child itself
	 */
	public SubprocessLauncher(PipeReactor reactor, LoopIdleness idleness) {
		this(new SpawnBackend(reactor), idleness);
	}

	private SubprocessLauncher(ChildBackend backend, LoopIdleness idleness) {
		this.reactor = backend.reactor();
		this.spawner = new Spawner(backend, idleness);
		this.closing = new Closing(backend);
	}

	/**
	 * Create the launcher of a loop whose children are those of {@link ProcessBuilder}:
	 * without a child watcher, and without native code of this library's.
	 * @param loop the loop, which calls {@link #close()} when it closes
	 * @return the launcher
	 */
	public static SubprocessLauncher overProcessBuilder(EventLoop loop) {
		return new SubprocessLauncher(new ProcessBackend(loop), LoopIdleness.UNKNOWN);
	}

	/**
	 * Create the launcher of a loop that cannot wait for descriptors, where threads read
	 * and write the pipes: of children that are spawned here, with a child watcher, or of
	 * {@link ProcessBuilder}'s where that cannot be.
	 * @param loop the loop, which calls {@link #close()} when it closes
	 * @return the launcher
	 */
	public static SubprocessLauncher overBlockingPipes(EventLoop loop) {
		try {
			PosixPlatform.require();
		}
		catch (UnsupportedPlatformException ex) {
			return overProcessBuilder(loop);
		}
		return new SubprocessLauncher(new SpawnBackend(new BlockingPipeReactor(loop)), LoopIdleness.UNKNOWN);
	}

	/**
	 * Start a child whose pipes are read and written as streams. May be called from any
	 * thread.
	 * @param spec what to start, and how
	 * @return the child; see {@link EventLoop#subprocess}; fails with
	 * {@link RejectedExecutionException} if the loop has as many as it may
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
	 * @return the child; see {@link EventLoop#subprocessExec}; fails with
	 * {@link RejectedExecutionException} if the loop has as many as it may
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
		Launch<P, T> launch = new Launch<>(this, this.spawner, protocolFactory, spec, view);
		MemoryReserve.restore();
		RejectedExecutionException refusal = admit(launch);
		if (refusal != null) {
			launch.result().completeExceptionally(refusal);
			return launch.result();
		}
		try {
			refuseIfOutOfService();
			loop().callSoonThreadsafe((RepeatableCallback) launch::begin);
		}
		catch (IllegalStateException | OutOfMemoryError ex) {
			this.launches.remove(launch);
			throw ex;
		}
		return launch.result();
	}

	/**
	 * Enter a launch, unless the loop has as many as it may.
	 * @return why it was not entered, or {@code null}
	 */
	private synchronized @Nullable RejectedExecutionException admit(Launch<?, ?> launch) {
		RejectedExecutionException refusal = ChildAdmission.refusal(loop(), this.launches.size(), this.running.size());
		if (refusal == null) {
			this.launches.add(launch);
		}
		return refusal;
	}

	private void refuseIfOutOfService() {
		if (this.closed) {
			throw new IllegalStateException("%s is closed and starts no children; use another loop".formatted(loop()));
		}
		String refused = this.refusal;
		if (refused != null) {
			throw new IllegalStateException(refused);
		}
	}

	/**
	 * Begin no launch until {@link #accept()}. May be called from any thread.
	 * @param why what those who ask for one are told
	 */
	public void refuse(String why) {
		this.refusal = why;
	}

	/**
	 * Launch again. May be called from any thread.
	 */
	public void accept() {
		this.refusal = null;
	}

	/**
	 * Return how many launches have come to no end. May be called from any thread.
	 * @return how many children are on their way
	 */
	public int pending() {
		return this.launches.size();
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
		ClosingSteps.run(this.closing);
	}

	private void refuseLaunches() {
		if (!this.launches.isEmpty()) {
			ClosingSteps.each(this.launches, (launch) -> launch.result().completeExceptionally(reason()));
		}
	}

	private void abandonLaunches() {
		if (!this.launches.isEmpty()) {
			ClosingSteps.each(this.launches, Launch::abandon);
		}
	}

	/**
	 * Kill all before the first is waited for.
	 */
	private void killChildren() {
		if (this.running.isEmpty()) {
			return;
		}
		ClosingSteps.each(this.running, (child) -> {
			if (!child.killOnLoopClose()) {
				this.left.add(child);
			}
		});
	}

	private void reapChildren() {
		if (this.running.isEmpty()) {
			return;
		}
		ClosingSteps.each(this.running, (child) -> {
			if (this.left.contains(child)) {
				child.losePipes(reason());
			}
			else {
				child.endOnLoopClose(reason());
			}
		});
	}

	private void killLeft() {
		loop().getChildContainment().killLeft();
	}

	private void losePipes() {
		if (this.awaited.isEmpty() && this.draining.isEmpty()) {
			return;
		}
		try {
			ClosingSteps.each(this.awaited, (child) -> child.losePipes(reason()));
		}
		finally {
			ClosingSteps.each(new ArrayList<>(this.draining), (child) -> child.losePipes(reason()));
		}
	}

	private IllegalStateException reason() {
		IllegalStateException known = this.reason;
		if (known == null) {
			known = closedReason();
			this.reason = known;
		}
		return known;
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

	PipeReactor reactor() {
		return this.reactor;
	}

	private EventLoop loop() {
		return this.reactor.loop();
	}

	/**
	 * A launch has come to its end, whichever.
	 */
	void landed(Launch<?, ?> launch) {
		this.launches.remove(launch);
	}

	/**
	 * A launch has become a child, which counts once.
	 */
	synchronized void arrived(Launch<?, ?> launch, ChildTransport child) {
		try {
			this.running.add(child);
		}
		finally {
			this.launches.remove(launch);
		}
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
	 * A future waits for the last pipe of a child. From any thread.
	 */
	void awaited(ChildTransport child) {
		this.awaited.add(child);
	}

	/**
	 * All pipes of a child that has exited are closed, and its futures are done. From any
	 * thread.
	 */
	void finished(ChildTransport child) {
		this.draining.remove(child);
		this.awaited.remove(child);
	}

	/**
	 * Allocated with the loop, as it may be for want of memory that it closes.
	 */
	private final class Closing implements ClosingSteps.NumberedSteps {

		private final ChildBackend backend;

		private Closing(ChildBackend backend) {
			this.backend = backend;
		}

		@Override
		public int count() {
			return 8;
		}

		@Override
		public void take(int step) {
			switch (step) {
				case 0 -> refuseLaunches();
				case 1 -> SubprocessLauncher.this.spawner.close();
				case 2 -> abandonLaunches();
				case 3 -> killChildren();
				case 4 -> reapChildren();
				case 5 -> killLeft();
				case 6 -> losePipes();
				default -> this.backend.close();
			}
		}

	}

}
