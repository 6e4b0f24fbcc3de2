package io.eventloop.containment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Says what keeps marks from working here.
 */
final class MarkSupport {

	private MarkSupport() {
	}

	/**
	 * Return why marks do not work here: {@code /proc} is not there, is another PID
	 * namespace's, or does not show this process's own environment. One that hides other
	 * users' processes is good enough, but for members that have changed their user.
	 * @return a sentence, empty if they do
	 */
	static Optional<String> problem() {
		return problem(ProcessEntry.PROC);
	}

	static Optional<String> problem(Path proc) {
		long pid = ProcessHandle.current().pid();
		try {
			String self = proc.resolve("self").toRealPath().getFileName().toString();
			if (!self.equals(Long.toString(pid))) {
				return Optional.of("%s is of another PID namespace, where this process is %s".formatted(proc, self));
			}
			Files.readAllBytes(proc.resolve("self/environ"));
			return Optional.empty();
		}
		catch (IOException ex) {
			return Optional.of("%s does not show processes and their environments; mount it".formatted(proc));
		}
	}

}
