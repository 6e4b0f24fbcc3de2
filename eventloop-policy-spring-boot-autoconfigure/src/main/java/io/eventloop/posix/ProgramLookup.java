package io.eventloop.posix;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Finds a program in the {@code PATH} that the child will have, as execvp(3) does: the
 * first executable file counts, and one that may not be executed is only an error if no
 * other is found.
 */
final class ProgramLookup {

	/**
	 * What the C library takes where {@code PATH} is not set, {@code confstr(_CS_PATH)}.
	 */
	private static final String DEFAULT_PATH = "/bin:/usr/bin";

	private ProgramLookup() {
	}

	/**
	 * The path to execute, seen from the child's directory.
	 */
	static String find(SpawnRequest request) throws FileSystemException {
		String program = request.program();
		if (program.indexOf('/') >= 0) {
			return program;
		}
		String path = path(request.environment());
		boolean denied = false;
		for (int begin = 0; begin <= path.length();) {
			int end = path.indexOf(':', begin);
			end = (end < 0) ? path.length() : end;
			String candidate = (begin == end) ? "./" + program : path.substring(begin, end) + "/" + program;
			String seenFromHere = fromHere(request, candidate);
			int refusal = FileStatus.executable(seenFromHere);
			if (refusal == 0 && FileStatus.ofPath(seenFromHere) == FileStatus.S_IFREG) {
				return candidate;
			}
			denied |= refusal == 0 || refusal == -Errno.EACCES;
			begin = end + 1;
		}
		SpawnFailure.requireDirectory(request);
		if (denied) {
			throw new AccessDeniedException(program, null,
					"what the PATH " + path + " has of this name may not be executed");
		}
		throw new NoSuchFileException(program, null, "there is no such program in the PATH " + path);
	}

	/**
	 * A path that the child will see from its directory, as this process has to spell it.
	 */
	static String fromHere(SpawnRequest request, String path) {
		return (request.directory() == null || path.startsWith("/")) ? path : request.directory() + "/" + path;
	}

	private static String path(@Nullable Map<String, String> environment) {
		String path = (environment != null) ? environment.get("PATH") : System.getenv("PATH");
		return (path != null) ? path : DEFAULT_PATH;
	}

}
