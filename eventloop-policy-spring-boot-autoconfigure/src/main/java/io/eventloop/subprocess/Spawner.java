package io.eventloop.subprocess;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import io.eventloop.ChildContainment;
import io.eventloop.ChildTree;
import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.SubprocessSpec;
import io.eventloop.memory.MemoryReserve;
import org.jspecify.annotations.Nullable;

/**
 * Starts a loop's children, and decides where: on the loop where the loop has nothing
 * else to do and the program is quick to start, else in threads of its own.
 */
final class Spawner {

	private final EventLoop loop;

	private final ChildBackend backend;

	private final LoopIdleness idleness;

	private final SpawnThreads threads;

	private final QuickPrograms quickPrograms;

	/**
	 * Create the spawner of a loop.
	 * @param backend starts the children
	 * @param idleness whether the loop may start them
	 */
	Spawner(ChildBackend backend, LoopIdleness idleness) {
		this.loop = backend.reactor().loop();
		this.backend = backend;
		this.idleness = idleness;
		this.threads = new SpawnThreads(this.loop);
		this.quickPrograms = new QuickPrograms(backend::isLocal);
	}

	/**
	 * Start a child. On the loop. One of the two is told, in the thread that has started
	 * the child, which may be this one.
	 * @param spec what to start, and how
	 * @param watcher will notice its exit
	 * @param launch done as soon as the child is not wanted any more: it is not started
	 * then
	 * @param onStarted takes the child; nothing is allocated between its birth and that
	 * @param onFailed told why there is none
	 */
	void start(SubprocessSpec spec, @Nullable ChildWatcher watcher, LoopFuture<?> launch, Consumer<Child> onStarted,
			Consumer<Throwable> onFailed) {
		try {
			LaunchGate gate = new LaunchGate(spec, launch, this.threads);
			Runnable work = () -> run(spec, watcher, gate, onStarted, onFailed);
			if (mayStartOnLoop(spec)) {
				work.run();
			}
			else {
				execute(work);
			}
		}
		catch (RuntimeException | Error ex) {
			onFailed.accept(ex);
		}
	}

	private boolean mayStartOnLoop(SubprocessSpec spec) {
		return this.threads.isIdle() && this.quickPrograms.contains(spec) && !opensFile(spec.stdin())
				&& !opensFile(spec.stdout()) && !opensFile(spec.stderr())
				&& this.idleness.isFreeFor(QuickPrograms.QUICK_NANOS);
	}

	/**
	 * Opening a file may take as long as its file system, or the other end of a named
	 * pipe, wants.
	 */
	private static boolean opensFile(Redirect redirect) {
		File file = redirect.file();
		return file != null && !redirect.equals(Redirect.DISCARD);
	}

	private void run(SubprocessSpec spec, @Nullable ChildWatcher watcher, LaunchGate gate, Consumer<Child> onStarted,
			Consumer<Throwable> onFailed) {
		Child child;
		try {
			gate.pass();
			child = start(containment(spec).prepare(spec), watcher, gate);
		}
		catch (CancellationException ex) {
			// It was given up, which tells nothing of the program
			onFailed.accept(ex);
			return;
		}
		catch (IOException | RuntimeException | Error ex) {
			try {
				this.quickPrograms.remove(spec);
			}
			finally {
				onFailed.accept(ex);
			}
			return;
		}
		onStarted.accept(child);
		note(spec, child.spawnNanos());
	}

	/**
	 * A detached child is contained by nothing that would end it.
	 */
	private ChildContainment containment(SubprocessSpec spec) {
		if (!spec.isDetached()) {
			return this.loop.getChildContainment();
		}
		if (hasPipes(spec)) {
			throw new IllegalArgumentException(
					"%s is detached, and would be left with pipes that have no other end; redirect its streams to files, or to Redirect.DISCARD"
						.formatted(spec.program()));
		}
		return ChildContainment.GROUP;
	}

	private static boolean hasPipes(SubprocessSpec spec) {
		return spec.stdin().equals(Redirect.PIPE) || spec.stdout().equals(Redirect.PIPE)
				|| (spec.stderr().equals(Redirect.PIPE) && !spec.redirectErrorStream());
	}

	private Child start(ChildTree tree, @Nullable ChildWatcher watcher, LaunchGate gate) throws IOException {
		Child child;
		try {
			child = this.backend.start(tree, watcher, gate);
		}
		catch (IOException | RuntimeException | Error ex) {
			release(tree, ex);
			throw ex;
		}
		try {
			tree.started(child);
		}
		catch (RuntimeException | Error ex) {
			KillAndReap.undoUncontained(this.loop, child);
			throw ex;
		}
		return child;
	}

	private static void release(ChildTree tree, Throwable failure) {
		try {
			tree.notStarted();
		}
		catch (RuntimeException | Error ex) {
			failure.addSuppressed(ex);
		}
	}

	/**
	 * Note how long it took to start a child.
	 */
	void note(SubprocessSpec spec, long nanos) {
		try {
			this.quickPrograms.started(spec, nanos);
		}
		catch (OutOfMemoryError ex) {
			// The next child of this program is started off the loop once more
			MemoryReserve.release();
		}
	}

	/**
	 * Return the watcher that will notice the exit of the next child, {@code null} where
	 * none is needed. On the loop.
	 */
	@Nullable ChildWatcher watcher() {
		return this.backend.watcher();
	}

	/**
	 * Run it off the loop, where a thread can be had.
	 * @throws java.util.concurrent.RejectedExecutionException if this is closed
	 */
	void execute(Runnable work) {
		this.threads.execute(work);
	}

	/**
	 * Take no more work, and wait for a moment for what was given before.
	 */
	void close() {
		this.threads.close();
	}

}
