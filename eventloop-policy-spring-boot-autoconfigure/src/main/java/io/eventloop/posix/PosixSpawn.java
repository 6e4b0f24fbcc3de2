package io.eventloop.posix;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

/**
 * Starts children with {@code posix_spawn}: never by a fork of the JVM.
 *
 * <p>
 * A child gets the three standard streams of its {@link SpawnRequest} and no other
 * descriptor, and an empty signal mask. Signals that were ignored when the JVM started
 * stay ignored, but for SIGCHLD, SIGPIPE and SIGXFSZ; all others have their default
 * dispositions. It stays in this process's group and session unless the request says
 * otherwise.
 *
 * <p>
 * May be called from any thread; several spawns may run at once, each in memory of its
 * own that is kept for the next. A spawn blocks its thread until the child has executed
 * its program, commonly less than a millisecond, but for as long as its file system
 * takes. A spawn that fails has had a child for a moment, which the C library reaps: a
 * sweep over all dead children may see it.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
 */
public final class PosixSpawn {

	private final DescriptorGuard guard;

	private final Queue<SpawnMemory> idle = new ConcurrentLinkedQueue<>();

	/**
	 * One with the best means this C library has to keep descriptors from children.
	 */
	public PosixSpawn() {
		this(DescriptorGuard.best());
	}

	PosixSpawn(DescriptorGuard guard) {
		this.guard = guard;
	}

	/**
	 * Start a child. When this returns it runs its program, and is registered with
	 * {@link ChildProcess}; when it throws, there is no child and nothing is left open.
	 * The request's descriptors stay the caller's.
	 * @param request what to start
	 * @return the child
	 * @throws NoSuchFileException if the working directory, the program, or the
	 * interpreter of a script is missing; the reason tells which
	 * @throws NotDirectoryException if the working directory is something else
	 * @throws AccessDeniedException if the program may not be executed, or the directory
	 * not entered
	 * @throws PosixException if arguments and environment are too large ({@code E2BIG}),
	 * there are too many processes ({@code EAGAIN}), a descriptor of the request is not
	 * open ({@code EBADF}), the program's format is unknown ({@code ENOEXEC}), …
	 * @throws IOException one of these
	 */
	public ChildProcess spawn(SpawnRequest request) throws IOException {
		byte[] path = ProgramLookup.find(request);
		List<String> wrapper = request.wrapper();
		if (!wrapper.isEmpty()) {
			// The spawn tells of the wrapper alone
			SpawnFailure.requireProgram(request, path);
		}
		SpawnMemory memory = borrow();
		try {
			memory.load(request, wrapper.isEmpty() ? path : FileNames.encode(wrapper.get(0)));
			return spawn(request, path, memory);
		}
		finally {
			giveBack(memory);
		}
	}

	private void giveBack(SpawnMemory memory) {
		try {
			this.idle.offer(memory);
		}
		catch (OutOfMemoryError ex) {
			// The child is born, and more to its owner than memory that can be made anew
			memory.close();
		}
	}

	/**
	 * Return whether starting a child depends on nothing but file systems of this
	 * machine: for its program, what is before it in the {@code PATH}, and its directory.
	 * Blocks if it does not, and one of those does not answer.
	 * @param request what would be started
	 * @return whether it does; {@code false} also for what is not known to
	 */
	public boolean isLocal(SpawnRequest request) {
		return ProgramLookup.isLocal(request);
	}

	private ChildProcess spawn(SpawnRequest request, byte[] path, SpawnMemory memory) throws IOException {
		this.guard.beforeSpawn();
		ChildTable.Spawn spawn = ChildProcess.TABLE.spawnBegins();
		try {
			int error = memory.spawn(request);
			if (error != 0) {
				ChildProcess.TABLE.spawnFailed(spawn);
				throw SpawnFailure.explain(request, path, error);
			}
			return ChildProcess.TABLE.register(memory.pid(), spawn);
		}
		finally {
			ChildProcess.TABLE.spawnEnds(spawn);
		}
	}

	private SpawnMemory borrow() throws PosixException {
		@Nullable SpawnMemory memory = this.idle.poll();
		return (memory != null) ? memory : new SpawnMemory(this.guard);
	}

}
