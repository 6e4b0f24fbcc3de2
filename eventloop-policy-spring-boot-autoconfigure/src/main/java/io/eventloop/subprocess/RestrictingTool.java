package io.eventloop.subprocess;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program of the system that restricts itself, and then executes another in its place.
 * From any thread.
 */
enum RestrictingTool {

	/** Adds to the niceness. */
	NICE("nice", "coreutils"),

	/** Sets limits of resources. */
	PRLIMIT("prlimit", "util-linux"),

	/** Sets user, group and privileges. */
	SETPRIV("setpriv", "util-linux"),

	/** Sets the umask. */
	SHELL("sh", "dash");

	/**
	 * Where the tools of a system are. Not the {@code PATH}, in which other code may have
	 * put others of the same names.
	 */
	private static final List<Path> FOLDERS = List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/sbin"),
			Path.of("/sbin"), Path.of("/usr/local/bin"));

	private final String program;

	private final String distribution;

	RestrictingTool(String program, String distribution) {
		this.program = program;
		this.distribution = distribution;
	}

	/**
	 * Find the tool, each time anew, as it may be installed meanwhile.
	 * @return its path
	 * @throws UnsupportedOperationException if it is missing
	 */
	String path() {
		return path(FOLDERS);
	}

	String path(List<Path> folders) {
		return folders.stream()
			.map((folder) -> folder.resolve(this.program))
			.filter(Files::isExecutable)
			.findFirst()
			.orElseThrow(() -> new UnsupportedOperationException(
					"there is no program %s in %s; install the package %s, or leave out the restriction that needs it"
						.formatted(this.program, folders, this.distribution)))
			.toString();
	}

}
