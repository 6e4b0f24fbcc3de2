package io.eventloop.posix;

import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Finds a program in the {@code PATH} that the child will have, as execvp(3) does: the
 * first executable file counts, and one that may not be executed is only an error if no
 * other is found. Reads directories, so it takes as long as their file systems do.
 * <p>
 * All in bytes: the folders of an inherited {@code PATH} may have names that are no text
 * in this process's locale.
 */
final class ProgramLookup {

	private static final String PATH = "PATH";

	/**
	 * What the C library takes where {@code PATH} is not set, {@code confstr(_CS_PATH)}.
	 */
	private static final byte[] DEFAULT_PATH = "/bin:/usr/bin".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] HERE = { '.' };

	private final SpawnRequest request;

	private final byte[] program;

	private final byte[] path;

	private int next;

	private ProgramLookup(SpawnRequest request, byte[] program) {
		this.request = request;
		this.program = program;
		this.path = path(request);
	}

	/**
	 * The path to execute, seen from the child's directory.
	 */
	static byte[] find(SpawnRequest request) throws FileSystemException {
		byte[] program = FileNames.encode(request.program());
		if (request.program().indexOf('/') >= 0) {
			return program;
		}
		return new ProgramLookup(request, program).find();
	}

	/**
	 * Whether finding the program, entering its directory and reading it asks nothing of
	 * another machine, or of another process.
	 */
	static boolean isLocal(SpawnRequest request) {
		try {
			byte[] found = find(request);
			boolean local = FileSystems.isLocal(fromHere(request, found))
					&& (request.directory() == null || FileSystems.isLocal(FileNames.encode(request.directory())));
			if (request.program().indexOf('/') < 0) {
				ProgramLookup lookup = new ProgramLookup(request, FileNames.encode(request.program()));
				for (byte[] tried = lookup.candidate(); local && tried != null
						&& !Arrays.equals(tried, found); tried = lookup.candidate()) {
					local = FileSystems.isLocal(fromHere(request, tried));
				}
			}
			return local;
		}
		catch (FileSystemException ex) {
			// It has gone since it was started
			return false;
		}
	}

	/**
	 * A path that the child will see from its directory, as this process has to spell it.
	 */
	static byte[] fromHere(SpawnRequest request, byte[] path) {
		return (request.directory() == null || path[0] == '/') ? path
				: join(FileNames.encode(request.directory()), path);
	}

	private byte[] find() throws FileSystemException {
		boolean denied = false;
		for (byte[] candidate = candidate(); candidate != null; candidate = candidate()) {
			byte[] seenFromHere = fromHere(this.request, candidate);
			int refusal = FileStatus.executable(seenFromHere);
			if (refusal == 0 && isProgram(FileStatus.ofPath(seenFromHere))) {
				return candidate;
			}
			denied |= refusal == 0 || refusal == -Errno.EACCES;
		}
		SpawnFailure.requireDirectory(this.request);
		if (denied) {
			throw new AccessDeniedException(this.request.program(), null,
					"what %s has of this name may not be executed (chmod +x would allow it)".formatted(searched()));
		}
		throw new NoSuchFileException(this.request.program(), null,
				"there is no such program in %s; install it, or give its path".formatted(searched()));
	}

	/**
	 * What was searched, but not its value: no message has a variable of the child's.
	 */
	private String searched() {
		int directories = 1;
		for (byte next : this.path) {
			directories += (next == ':') ? 1 : 0;
		}
		return "the child's PATH (%d %s)".formatted(directories, (directories == 1) ? "directory" : "directories");
	}

	/**
	 * Where the kernel may not be asked what it is, the spawn will tell.
	 */
	private static boolean isProgram(int type) {
		return type == FileStatus.S_IFREG || type == -Errno.EPERM || type == -Errno.ENOSYS;
	}

	/**
	 * What the next part of the PATH makes of the program's name, null after the last.
	 */
	private byte @Nullable [] candidate() {
		int begin = this.next;
		if (begin > this.path.length) {
			return null;
		}
		int end = begin;
		while (end < this.path.length && this.path[end] != ':') {
			end++;
		}
		this.next = end + 1;
		return join((begin == end) ? HERE : Arrays.copyOfRange(this.path, begin, end), this.program);
	}

	private static byte[] join(byte[] folder, byte[] name) {
		byte[] joined = Arrays.copyOf(folder, folder.length + 1 + name.length);
		joined[folder.length] = '/';
		System.arraycopy(name, 0, joined, folder.length + 1, name.length);
		return joined;
	}

	private static byte[] path(SpawnRequest request) {
		byte[] path;
		if (request.environment() != null || request.changes().containsKey(PATH)) {
			String own = (request.environment() != null) ? request.environment().get(PATH)
					: request.changes().get(PATH);
			path = (own != null) ? TextArena.encode(own) : null;
		}
		else {
			path = InheritedEnvironment.PATH;
		}
		return (path != null) ? path : DEFAULT_PATH;
	}

}
