package io.eventloop.posix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Children of this process that the kernel has handed over to it, as process 1 or as a
 * subreaper: orphans. The kernel makes them children of the process's first thread, and
 * lists them there, so that to read them takes microseconds. From any thread.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://man7.org/linux/man-pages/man5/proc_pid_task.5.html">proc_pid_task(5)</a>
 */
public final class AdoptedChildren {

	private static final Path CHILDREN = Path
		.of("/proc/self/task/%d/children".formatted(ProcessHandle.current().pid()));

	private AdoptedChildren() {
	}

	/**
	 * List them, zombies included. Children of other code that started them in the first
	 * thread, or in one that has ended, are among them; those of this library are not.
	 * @return the pids, none where the kernel does not list children
	 */
	public static List<Integer> pids() {
		try {
			return Arrays.stream(Files.readString(CHILDREN, StandardCharsets.US_ASCII).split("\\s+"))
				.filter((pid) -> !pid.isEmpty())
				.map(Integer::valueOf)
				.filter((pid) -> !ChildProcess.TABLE.owns(pid))
				.toList();
		}
		catch (IOException ex) {
			return List.of();
		}
	}

}
