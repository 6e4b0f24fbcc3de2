package io.eventloop.subprocess;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

import io.eventloop.CapturedContext;
import io.eventloop.CapturedContext.Scope;
import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.SpawnScope;
import io.eventloop.SubprocessConnection;
import io.eventloop.SubprocessProtocol;
import io.eventloop.SubprocessSpec;
import io.eventloop.subprocess.PendingOpen.BothEnds;
import org.jspecify.annotations.Nullable;

/**
 * One child on its way from a spec to a connected transport. Whenever the result is
 * cancelled, or the loop closed, on that way, no child is left behind.
 *
 * <pre>
 * asked for ──loop──▶ scope entered ──{@link Spawner}──▶ started ──loop──▶ watched, connected
 *     '───────────────────'──────────cancelled───────'──▶ never started, or killed
 * </pre>
 *
 * A launch is given up by whatever completes its result before the child has arrived: a
 * cancellation, a time-out, the end of the loop. It then lets go of a named pipe that it
 * waits for, and starts no child. Where it waits for a file system that does not answer,
 * its thread stays until it does, and the child that comes then is killed.
 *
 * @param <P> the protocol's type
 * @param <T> what the caller is given
 */
final class Launch<P extends SubprocessProtocol, T> implements LaunchGate {

	private static final SubprocessProtocol SILENT = new SubprocessProtocol() {
	};

	private final SubprocessLauncher launcher;

	private final Supplier<P> protocolFactory;

	private final SubprocessSpec spec;

	private final Function<SubprocessConnection<P>, T> view;

	private final @Nullable CapturedContext context;

	private final LoopFuture<T> result;

	private final Runnable arriving = this::arriveInContext;

	private final AtomicReference<@Nullable Arrival<P>> arrival = new AtomicReference<>();

	Launch(SubprocessLauncher launcher, Supplier<P> protocolFactory, SubprocessSpec spec,
			Function<SubprocessConnection<P>, T> view) {
		this.launcher = launcher;
		this.protocolFactory = protocolFactory;
		this.spec = spec;
		this.view = view;
		this.context = loop().captureContext();
		this.result = new LoopFuture<>(loop());
	}

	LoopFuture<T> result() {
		return this.result;
	}

	/**
	 * Begin, on the loop, in a callback of its own.
	 */
	void begin() {
		if (this.result.isDone()) {
			this.launcher.landed(this);
			return;
		}
		Birth<P> birth;
		try {
			P protocol = this.protocolFactory.get();
			birth = birth(protocol);
		}
		catch (RuntimeException | Error ex) {
			fail(ex);
			return;
		}
		try {
			this.launcher.spawner().start(this.spec, () -> spawn(birth));
		}
		catch (RuntimeException | Error ex) {
			leave(birth, ex);
		}
	}

	private void leave(Birth<P> birth, Throwable failure) {
		try {
			leave(birth);
		}
		finally {
			fail(failure);
		}
	}

	private static void leave(Birth<?> birth) {
		try {
			birth.scope().close();
		}
		catch (OutOfMemoryError ex) {
			// A launch does not end of what its watcher has wanted to say
			MemoryReserve.release();
		}
	}

	/**
	 * Enter a scope of the current watcher, in which it takes the child even if it is
	 * closed meanwhile. One that was closed before may just have been replaced by
	 * another.
	 */
	private Birth<P> birth(P protocol) {
		ChildWatcher watcher = this.launcher.backend().watcher();
		while (watcher != null) {
			SpawnScope scope = watcher.enter();
			if (watcher.isActive()) {
				return new Birth<>(protocol, new ChildReports(loop(), watcher), scope);
			}
			scope.close();
			ChildWatcher current = this.launcher.backend().watcher();
			if (current == watcher) {
				throw new IllegalStateException(
						"Child watcher '%s' is not active, so the end of %s would go unnoticed; attach it to a running loop"
							.formatted(watcher.name(), this.spec.program()));
			}
			watcher = current;
		}
		return new Birth<>(protocol, new ChildReports(loop(), null), () -> {
		});
	}

	private void spawn(Birth<P> birth) {
		if (this.result.isDone()) {
			birth.scope().close();
			this.launcher.landed(this);
			return;
		}
		Arrival<P> arrived;
		try {
			arrived = new Arrival<>(birth, this.launcher.backend().start(this.spec, birth.reports().watcher(), this));
		}
		catch (IOException | RuntimeException | Error ex) {
			this.launcher.spawner().failed(this.spec);
			leave(birth, ex);
			return;
		}
		this.arrival.set(arrived);
		noteStarted(arrived.child());
		if (LoopCalls.isOn(loop())) {
			arrive();
			return;
		}
		try {
			MemoryReserve.post(loop(), this.arriving);
		}
		catch (IllegalStateException ex) {
			abandon();
			return;
		}
		if (this.launcher.isClosed()) {
			// It may have looked for arrivals before, and runs no callback any more
			abandon();
		}
	}

	@Override
	public void pass() {
		if (this.result.isDone()) {
			throw new CancellationException("The launch of %s was given up".formatted(this.spec.program()));
		}
	}

	@Override
	public <R> R await(Opening<R> opening, BothEnds bothEnds) throws IOException {
		this.launcher.spawner().stall();
		PendingOpen pending = new PendingOpen(bothEnds);
		this.result.whenComplete((value, failure) -> pending.giveUp());
		try {
			return opening.open();
		}
		finally {
			pending.over();
		}
	}

	private void noteStarted(Child child) {
		try {
			this.launcher.spawner().started(this.spec, child.spawnNanos());
		}
		catch (OutOfMemoryError ex) {
			// The next child of this program is started off the loop once more
			MemoryReserve.release();
		}
	}

	/**
	 * Arrive from a thread that has not the context of this launch.
	 */
	@SuppressWarnings("try") // Scopes are there to end
	private void arriveInContext() {
		try (Scope scope = (this.context != null) ? this.context.open() : null) {
			arrive();
		}
		catch (OutOfMemoryError ex) {
			// Of what was left to do, ending this launch is most
			fail(ex);
			if (this.arrival.get() != null) {
				abandon();
			}
		}
	}

	private void arrive() {
		Arrival<P> arrived = this.arrival.getAndSet(null);
		this.launcher.landed(this);
		if (arrived == null) {
			return;
		}
		Birth<P> birth = arrived.birth();
		Child child = arrived.child();
		boolean wanted = !this.result.isDone();
		ChildTransport transport;
		try {
			transport = new ChildTransport(this.launcher, this.spec, birth.reports(), child,
					wanted ? birth.protocol() : SILENT);
		}
		catch (RuntimeException | Error ex) {
			undo(birth, child);
			fail(ex);
			return;
		}
		try {
			this.launcher.started(transport);
			birth.reports().spawned(child);
			transport.watch();
		}
		catch (RuntimeException | Error ex) {
			killAndReap(birth, transport, ex);
			return;
		}
		connect(birth, transport);
	}

	private void undo(Birth<P> birth, Child child) {
		try {
			this.launcher.spawner().execute(() -> birth.undo(child));
		}
		catch (OutOfMemoryError ex) {
			MemoryReserve.release();
			birth.undo(child);
		}
	}

	/**
	 * Kill and reap a child whose exit no watcher will report; here, where there is no
	 * memory to have it done off the loop.
	 */
	private void killAndReap(Birth<P> birth, ChildTransport transport, Throwable failure) {
		try {
			leave(birth);
			transport.discard();
			this.launcher.spawner().execute(transport::killAndReap);
			failAfterExit(transport, failure);
		}
		catch (OutOfMemoryError ex) {
			MemoryReserve.release();
			try {
				transport.killAndReap();
			}
			finally {
				fail(failure);
			}
		}
	}

	private void connect(Birth<P> birth, ChildTransport transport) {
		try {
			transport.connect();
		}
		catch (RuntimeException | Error ex) {
			close(transport, ex);
			return;
		}
		finally {
			leave(birth);
		}
		try {
			if (this.result.isDone() || !this.result
				.complete(this.view.apply(new SubprocessConnection<>(transport, birth.protocol())))) {
				transport.close();
			}
		}
		catch (OutOfMemoryError ex) {
			close(transport, ex);
		}
	}

	/**
	 * End a child that is watched, but will not be connected.
	 */
	private void close(ChildTransport transport, Throwable failure) {
		try {
			transport.close();
			failAfterExit(transport, failure);
		}
		catch (OutOfMemoryError ex) {
			try {
				transport.outOfMemory("output", ex);
			}
			finally {
				fail(failure);
			}
		}
	}

	/**
	 * Fail because the loop is closed; kill and reap a child that has arrived, but will
	 * not be connected any more. Blocks.
	 */
	void abandon() {
		this.result.completeExceptionally(this.launcher.closedReason());
		Arrival<P> arrived = this.arrival.getAndSet(null);
		this.launcher.landed(this);
		if (arrived != null) {
			arrived.birth().undo(arrived.child());
		}
	}

	/**
	 * Fail on the loop, where it is not closed, as soon as there is memory for that.
	 */
	private void fail(Throwable failure) {
		while (true) {
			try {
				tryToFail(failure);
				return;
			}
			catch (OutOfMemoryError ex) {
				MemoryReserve.await();
			}
		}
	}

	private void tryToFail(Throwable failure) {
		try {
			LoopCalls.run(loop(), () -> {
				this.launcher.landed(this);
				this.result.completeExceptionally(failure);
			});
		}
		catch (IllegalStateException ex) {
			this.launcher.landed(this);
			this.result.completeExceptionally(failure);
		}
	}

	private void failAfterExit(ChildTransport transport, Throwable failure) {
		transport.onExit().whenComplete((code, none) -> this.result.completeExceptionally(failure));
	}

	private EventLoop loop() {
		return this.launcher.reactor().loop();
	}

	private record Arrival<P extends SubprocessProtocol>(Birth<P> birth, Child child) {
	}

}
