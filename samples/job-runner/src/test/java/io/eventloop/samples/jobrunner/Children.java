package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the kernel says of a process's children, and of theirs.
 */
final class Children {

	private Children() {
	}

	static List<Long> of(ProcessHandle parent) {
		return parent.descendants().map(ProcessHandle::pid).toList();
	}

	static List<Long> ofThisProcess() {
		return of(ProcessHandle.current());
	}

	/**
	 * Return whether there is a process of that number, even one that nobody has waited
	 * for.
	 * @param pid the number
	 * @return whether there is
	 */
	static boolean exists(long pid) {
		return Files.exists(Path.of("/proc", Long.toString(pid)));
	}

	static List<Long> zombies() {
		return ofThisProcess().stream().filter(Children::isZombie).toList();
	}

	private static boolean isZombie(long pid) {
		try {
			String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
			return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
		}
		catch (IOException ex) {
			return false;
		}
	}

}
