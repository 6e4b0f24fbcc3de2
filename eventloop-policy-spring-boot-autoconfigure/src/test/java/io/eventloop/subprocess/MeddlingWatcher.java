package io.eventloop.subprocess;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.eventloop.ChildExit;
import io.eventloop.ChildHandler;
import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.SpawnScope;
import io.eventloop.posix.ChildProcess;
import io.eventloop.testsupport.Leftovers;
import org.jspecify.annotations.Nullable;

/**
 * A watcher in front of another one, which writes down what is asked of it and does what
 * the test wants instead.
 */
final class MeddlingWatcher implements ChildWatcher {

	final List<String> calls = new CopyOnWriteArrayList<>();

	volatile boolean active = true;

	volatile boolean reportsWhileRegistering;

	volatile @Nullable Throwable refusal;

	volatile @Nullable Set<String> childrenAtEntry;

	private final ChildWatcher delegate;

	private final AtomicInteger scopes = new AtomicInteger();

	MeddlingWatcher(ChildWatcher delegate) {
		this.delegate = delegate;
	}

	int openScopes() {
		return this.scopes.get();
	}

	@Override
	public void addChildHandler(long pid, ChildHandler handler) {
		this.calls.add("add");
		if (this.refusal != null) {
			throw sneaky(this.refusal);
		}
		if (this.reportsWhileRegistering) {
			ChildProcess child = ChildProcess.of(pid);
			child.awaitExit();
			ChildExit exit = child.reap();
			handler.childExited(exit);
			return;
		}
		this.delegate.addChildHandler(pid, handler);
	}

	private static RuntimeException sneaky(Throwable refusal) {
		if (refusal instanceof Error error) {
			throw error;
		}
		return (RuntimeException) refusal;
	}

	@Override
	public boolean removeChildHandler(long pid) {
		return this.delegate.removeChildHandler(pid);
	}

	@Override
	public void attachLoop(@Nullable EventLoop loop) {
		this.delegate.attachLoop(loop);
	}

	@Override
	public boolean isActive() {
		return this.active && this.delegate.isActive();
	}

	@Override
	public SpawnScope enter() {
		this.calls.add("enter");
		this.childrenAtEntry = Leftovers.currentChildren();
		SpawnScope scope = this.delegate.enter();
		this.scopes.incrementAndGet();
		return () -> {
			this.calls.add("leave");
			this.scopes.decrementAndGet();
			scope.close();
		};
	}

	@Override
	public void close() {
		this.delegate.close();
	}

}
