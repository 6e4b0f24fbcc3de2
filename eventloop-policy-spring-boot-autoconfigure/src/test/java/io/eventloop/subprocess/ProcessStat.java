package io.eventloop.subprocess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code /proc/<pid>/stat} says.
 *
 * @param pid the process
 * @param name its program
 * @param state its state, such as {@code S} or {@code Z}
 * @param parent its parent
 * @param group its process group
 * @param session its session
 */
record ProcessStat(long pid, String name, char state, long parent, long group, long session) {

	static ProcessStat of(long pid) {
		return find(pid).orElseThrow();
	}

	static Optional<ProcessStat> find(long pid) {
		return read(Path.of("/proc/" + pid));
	}

	static Optional<ProcessStat> read(Path process) {
		try {
			String line = Files.readString(process.resolve("stat"));
			int open = line.indexOf('(');
			int close = line.lastIndexOf(')');
			String[] rest = line.substring(close + 2).split(" ");
			return Optional
				.of(new ProcessStat(Long.parseLong(line.substring(0, open - 1)), line.substring(open + 1, close),
						rest[0].charAt(0), Long.parseLong(rest[1]), Long.parseLong(rest[2]), Long.parseLong(rest[3])));
		}
		catch (IOException ex) {
			// It is gone
			return Optional.empty();
		}
	}

}
