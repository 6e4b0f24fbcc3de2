package io.eventloop.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.eventloop.Signal;

/**
 * What proc(5) says about processes, and about this one's descriptors and threads. A
 * process or a descriptor that is gone when it is read is left out.
 */
public final class Proc {

	/**
	 * The state of a process that is gone.
	 */
	public static final char GONE = '-';

	/**
	 * The state of a process that has exited and was not reaped.
	 */
	public static final char ZOMBIE = 'Z';

	/**
	 * The state of a process that a signal has stopped.
	 */
	public static final char STOPPED = 'T';

	private static final Path PROC = Path.of("/proc");

	private static final String SELF = "self";

	private Proc() {
	}

	/**
	 * Return the letter of a process's state.
	 */
	public static char state(long pid) {
		return ProcessStat.find(pid).map(ProcessStat::state).orElse(GONE);
	}

	/**
	 * Return all processes, zombies too.
	 */
	public static List<ProcessStat> processes() {
		return list(PROC).filter((path) -> Character.isDigit(path.getFileName().toString().charAt(0)))
			.flatMap((path) -> ProcessStat.read(path).stream())
			.toList();
	}

	/**
	 * Return the children of this process, zombies too.
	 */
	public static List<ProcessStat> children() {
		long self = ProcessHandle.current().pid();
		return processes().stream().filter((stat) -> stat.parent() == self).toList();
	}

	/**
	 * Return the program and the arguments of a process, each ended by a zero byte; empty
	 * for a zombie.
	 */
	public static String commandLine(long pid) {
		try {
			return Files.readString(of(pid).resolve("cmdline"));
		}
		catch (IOException ex) {
			return "";
		}
	}

	/**
	 * Return what this process's descriptors stand for, by number: such as
	 * {@code pipe:[4711]}, which no other pipe is called.
	 */
	public static Map<Integer, String> descriptors() {
		return descriptors(PROC.resolve(SELF));
	}

	/**
	 * Return what a process's descriptors stand for, by number.
	 */
	public static Map<Integer, String> descriptors(long pid) {
		return descriptors(of(pid));
	}

	private static Map<Integer, String> descriptors(Path process) {
		Map<Integer, String> targets = new TreeMap<>();
		for (Path link : list(process.resolve("fd")).toList()) {
			try {
				targets.put(Integer.parseInt(link.getFileName().toString()), Files.readSymbolicLink(link).toString());
			}
			catch (IOException ex) {
				// Closed since the listing
				continue;
			}
		}
		return targets;
	}

	/**
	 * Return what a descriptor of this process stands for. Its number alone tells little:
	 * as soon as it is closed, another thread may be given it.
	 */
	public static String descriptor(int fd) {
		try {
			return Files.readSymbolicLink(PROC.resolve(SELF).resolve("fd").resolve(Integer.toString(fd))).toString();
		}
		catch (IOException ex) {
			return "closed";
		}
	}

	/**
	 * Count this process's pidfds.
	 */
	public static long pidfds() {
		return count((target) -> target.contains("pidfd"));
	}

	/**
	 * Count what loops, watchers and children have open, unlike the JVM's own files.
	 */
	public static long descriptorsOfChildren() {
		return count((target) -> target.startsWith("pipe:") || target.startsWith("anon_inode:")
				|| target.equals("/dev/null"));
	}

	private static long count(Predicate<String> which) {
		return descriptors().values().stream().filter(which).count();
	}

	/**
	 * Return whether this process has a handler for a signal, as the kernel sees it.
	 */
	public static boolean catches(Signal signal) {
		return isIn("SigCgt:", signal);
	}

	/**
	 * Return whether this process ignores a signal, as the kernel sees it.
	 */
	public static boolean ignores(Signal signal) {
		return isIn("SigIgn:", signal);
	}

	private static boolean isIn(String set, Signal signal) {
		try (Stream<String> lines = Files.lines(PROC.resolve(SELF).resolve("status"))) {
			String signals = lines.filter((line) -> line.startsWith(set))
				.map((line) -> line.substring(set.length()).strip())
				.findFirst()
				.orElseThrow();
			return (Long.parseUnsignedLong(signals, 16) >> (signal.number() - 1) & 1) == 1;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Path of(long pid) {
		return PROC.resolve(Long.toString(pid));
	}

	private static Stream<Path> list(Path directory) {
		List<Path> entries = new ArrayList<>();
		try (Stream<Path> listing = Files.list(directory)) {
			listing.forEach(entries::add);
			return entries.stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
