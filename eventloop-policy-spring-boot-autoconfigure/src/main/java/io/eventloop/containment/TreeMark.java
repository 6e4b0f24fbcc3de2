package io.eventloop.containment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.eventloop.SubprocessSpec;
import org.jspecify.annotations.Nullable;

/**
 * The marks of trees: a variable in the environment of a child, that everything it starts
 * inherits. Its value lists the marks of all trees that a process belongs to, separated
 * by commas, as the child of one service may be a service with children of its own. A
 * mark begins with 128 random bits, so that no process has it by chance.
 *
 * @see <a href=
 * "https://man7.org/linux/man-pages/man5/proc_pid_environ.5.html">proc_pid_environ(5)</a>
 */
final class TreeMark {

	/**
	 * The name of the variable.
	 */
	static final String VARIABLE = "EVENTLOOP_TREE";

	private static final String PREFIX = VARIABLE + "=";

	private static final String HIDDEN = "hidden";

	private static final int RANDOM_BYTES = 16;

	private TreeMark() {
	}

	/**
	 * Return what marks may begin with that are not to be confused with any other.
	 */
	static String unique() {
		byte[] random = new byte[RANDOM_BYTES];
		new SecureRandom().nextBytes(random);
		return HexFormat.of().formatHex(random);
	}

	/**
	 * Add a mark to what a child has already.
	 */
	static SubprocessSpec add(SubprocessSpec spec, String mark) {
		String marks = inherited(spec);
		return spec.addEnvironment(VARIABLE, (marks != null && !marks.isEmpty()) ? marks + ',' + mark : mark);
	}

	private static @Nullable String inherited(SubprocessSpec spec) {
		Map<String, String> own = spec.environment();
		if (own != null) {
			return own.get(VARIABLE);
		}
		return spec.environmentChanges().containsKey(VARIABLE) ? spec.environmentChanges().get(VARIABLE)
				: System.getenv(VARIABLE);
	}

	/**
	 * Read the marks of a process.
	 * @return the marks, none if its environment is another user's
	 * @throws NoSuchFileException if it has ended
	 * @throws UncheckedIOException if it cannot be told, as with too many open files
	 */
	static List<String> read(int pid) throws NoSuchFileException {
		return parse(environment(pid));
	}

	/**
	 * Return whether the environment of a process was cleared: it has not even a
	 * {@code PATH}. A shell adds a variable or two of its own.
	 */
	static boolean isCleared(int pid) {
		try {
			String environment = environment(pid);
			return !environment.equals(HIDDEN) && !environment.startsWith("PATH=") && !environment.contains("\0PATH=");
		}
		catch (NoSuchFileException ex) {
			return false;
		}
	}

	private static String environment(int pid) throws NoSuchFileException {
		Path file = ProcessEntry.PROC.resolve(pid + "/environ");
		try {
			return Files.readString(file, StandardCharsets.ISO_8859_1);
		}
		catch (AccessDeniedException ex) {
			return HIDDEN;
		}
		catch (IOException ex) {
			// Also ESRCH: it has ended since, and may be a zombie. If files cannot be
			// opened, this fails
			ProcessEntry.read(pid);
			throw (NoSuchFileException) new NoSuchFileException(file.toString()).initCause(ex);
		}
	}

	private static List<String> parse(String environment) {
		int at = environment.startsWith(PREFIX) ? 0 : environment.indexOf('\0' + PREFIX) + 1;
		if (at == 0 && !environment.startsWith(PREFIX)) {
			return List.of();
		}
		int end = environment.indexOf('\0', at);
		return List.of(environment.substring(at + PREFIX.length(), (end >= 0) ? end : environment.length()).split(","));
	}

}
