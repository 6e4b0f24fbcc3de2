package io.eventloop.subprocess;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

import io.eventloop.CapturedContext;
import io.eventloop.CapturedContext.Scope;
import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.SubprocessConnection;
import io.eventloop.SubprocessProtocol;
import io.eventloop.SubprocessSpec;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;
import io.eventloop.pipe.LoopCalls;
import org.jspecify.annotations.Nullable;

/**
 * One child on its way from a spec to a connected transport. Whenever the result is
 * cancelled, or the loop closed, on that way, no child is left behind.
 *
 * <pre>
 * asked for ──loop──▶ begun ──{@link Spawner}──▶ started ──loop──▶ arrived: watched, connected
 *     '──────────────────'─────cancelled─────'──▶ never started, or killed
 * </pre>
 *
 * A launch is given up by whatever completes its result before the child has arrived: a
 * cancellation, a timeout, the end of the loop. It then lets go of a named pipe that it
 * waits for, and starts no child. Where it waits for a file system that does not answer,
 * its thread stays until it does, and the child that comes then is killed.
 *
 * @param <P> the protocol's type
 * @param <T> what the caller is given
 */
final class Launch<P extends SubprocessProtocol, T> {

	private static final SubprocessProtocol SILENT = new SubprocessProtocol() {
	};

	private final SubprocessLauncher launcher;

	private final Spawner spawner;

	private final EventLoop loop;

	private final Supplier<P> protocolFactory;

	private final SubprocessSpec spec;

	private final Function<SubprocessConnection<P>, T> view;

	private final @Nullable CapturedContext context;

	private final LoopFuture<T> result;

	private final FailedLaunch failed;

	private final RepeatableCallback arriving = this::arriveInContext;

	/**
	 * Set when the launch begins, before there is a child.
	 */
	private @Nullable P protocol;

	private WatcherScope scope = WatcherScope.NONE;

	/**
	 * A child that was started and has not arrived on the loop.
	 */
	private final AtomicReference<@Nullable Child> pendingChild = new AtomicReference<>();

	Launch(SubprocessLauncher launcher, Spawner spawner, Supplier<P> protocolFactory, SubprocessSpec spec,
			Function<SubprocessConnection<P>, T> view) {
		this.launcher = launcher;
		this.spawner = spawner;
		this.loop = launcher.reactor().loop();
		this.protocolFactory = protocolFactory;
		this.spec = spec;
		this.view = view;
		this.context = this.loop.captureContext();
		this.result = new LoopFuture<>(this.loop);
		this.failed = new FailedLaunch(this.loop, spawner, this.result, () -> launcher.landed(this));
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
		try {
			this.protocol = this.protocolFactory.get();
			this.scope = WatcherScope.enter(this.spawner::watcher, this.spec);
		}
		catch (RuntimeException | Error ex) {
			this.failed.fail(ex);
			return;
		}
		this.spawner.start(this.spec, this.scope.watcher(), this.result, this::started, this::notStarted);
	}

	private void notStarted(Throwable failure) {
		try {
			this.scope.leave();
		}
		finally {
			this.failed.fail(failure);
		}
	}

	/**
	 * Bring the child to the loop, from the thread that has started it.
	 */
	private void started(Child child) {
		this.pendingChild.set(child);
		if (LoopCalls.isOn(this.loop)) {
			arrive();
			return;
		}
		try {
			MemoryReserve.post(this.loop, this.arriving);
		}
		catch (IllegalStateException ex) {
			abandon();
			return;
		}
		catch (OutOfMemoryError ex) {
			this.failed.fail(ex);
			abandon();
			return;
		}
		if (this.launcher.isClosed()) {
			// It may have checked for arrivals before, and runs no callback any more
			abandon();
		}
	}

	/**
	 * Arrive from a thread that has not the context of this launch.
	 */
	@SuppressWarnings("try") // Scopes are there to end
	private void arriveInContext() {
		try (Scope opened = (this.context != null) ? this.context.open() : null) {
			arrive();
		}
		catch (OutOfMemoryError ex) {
			// Of what was left to do, ending this launch is most
			this.failed.fail(ex);
			if (this.pendingChild.get() != null) {
				abandon();
			}
		}
	}

	private void arrive() {
		Child child = this.pendingChild.getAndSet(null);
		if (child == null) {
			this.launcher.landed(this);
			return;
		}
		P wanted = Objects.requireNonNull(this.protocol);
		ChildTransport transport;
		try {
			transport = new ChildTransport(this.launcher, this.spec, child, this.result.isDone() ? SILENT : wanted);
		}
		catch (RuntimeException | Error ex) {
			this.failed.undo(child, this.scope);
			this.failed.fail(ex);
			return;
		}
		try {
			this.launcher.arrived(this, transport);
			ChildEnd.reportStart(this.loop, child);
			transport.watch();
		}
		catch (RuntimeException | Error ex) {
			this.scope.leave();
			this.failed.killAndReap(transport, ex);
			return;
		}
		connect(transport, wanted);
	}

	private void connect(ChildTransport transport, P connected) {
		try {
			transport.connect();
		}
		catch (RuntimeException | Error ex) {
			this.failed.close(transport, ex);
			return;
		}
		finally {
			this.scope.leave();
		}
		try {
			if (this.result.isDone()
					|| !this.result.complete(this.view.apply(new SubprocessConnection<>(transport, connected)))) {
				transport.close();
			}
		}
		catch (OutOfMemoryError ex) {
			this.failed.close(transport, ex);
		}
	}

	/**
	 * Fail because the loop is closed; kill and reap a child that was started, but will
	 * not be connected any more. Blocks.
	 */
	void abandon() {
		this.result.completeExceptionally(this.launcher.closedReason());
		Child child = this.pendingChild.getAndSet(null);
		this.launcher.landed(this);
		if (child != null) {
			this.failed.undoNow(child, this.scope);
		}
	}

}
