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

	/**
	 * Return all descendants, but for the guardian, which is none of the jobs'.
	 */
	static List<Long> of(ProcessHandle parent) {
		return parent.descendants().map(ProcessHandle::pid).filter((pid) -> !isGuardian(pid)).toList();
	}

	private static boolean isGuardian(long pid) {
		return commandLine(pid).endsWith("eventloop-guardian\0");
	}

	/**
	 * Return the program and the arguments of a process, empty for a zombie or none.
	 */
	static String commandLine(long pid) {
		try {
			return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
		}
		catch (IOException ex) {
			return "";
		}
	}

	static List<Long> ofThisProcess() {
		return of(ProcessHandle.current());
	}

	/**
	 * Return whether there is a process of that number, even one that was not waited for.
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
