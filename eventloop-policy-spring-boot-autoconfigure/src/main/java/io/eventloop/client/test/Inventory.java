package io.eventloop.client.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.eventloop.containment.GuardianProcess;
import io.eventloop.containment.TreeContainment;

/**
 * What this process has that a child or a loop may leave behind. The keys tell what is
 * the same, the values what it is called.
 *
 * @param children the children, those that were not reaped included
 * @param descriptors descriptors such as children and loops have
 * @param threads threads of this library
 */
record Inventory(Map<Long, String> children, Map<String, String> descriptors, Map<Long, String> threads) {

	private static final Path PROC = Path.of("/proc");

	private static final List<String> OF_CHILDREN = List.of("pipe:", "anon_inode:[pidfd]", "pidfd:");

	private static final List<String> OF_LOOPS = List.of("anon_inode:[eventpoll]", "anon_inode:[eventfd]");

	private static final String THREADS = "eventloop-";

	/**
	 * Those that serve the whole process.
	 */
	private static final List<String> OF_THE_PROCESS = List.of("eventloop-jffi-cleaner", "eventloop-leak-watch",
			"eventloop-tree-sweeper");

	/**
	 * Take stock now.
	 * @param loops whether what loops wait on counts
	 */
	static Inventory take(boolean loops) {
		Inventory all = new Inventory(currentChildren(), currentDescriptors(loops), currentThreads());
		TreeContainment.guardian().ifPresent(all::leaveOut);
		return all;
	}

	/**
	 * Leave out what belongs to the process, and not to the test that happens to start
	 * its first child.
	 */
	private void leaveOut(GuardianProcess guardian) {
		this.children.remove(guardian.pid());
		this.descriptors.keySet().removeIf((descriptor) -> descriptor.startsWith(guardian.descriptor() + " "));
	}

	/**
	 * Return what this has more than another, each as a text.
	 */
	List<String> without(Inventory before) {
		List<String> more = new ArrayList<>();
		add(more, this.children, before.children);
		add(more, this.descriptors, before.descriptors);
		add(more, this.threads, before.threads);
		return more;
	}

	private static <K> void add(List<String> more, Map<K, String> now, Map<K, String> before) {
		now.forEach((key, text) -> {
			if (!before.containsKey(key)) {
				more.add(text);
			}
		});
	}

	private static Map<Long, String> currentChildren() {
		Map<Long, String> children = new TreeMap<>();
		if (Files.isDirectory(PROC.resolve("self"))) {
			String self = Long.toString(ProcessHandle.current().pid());
			for (Path process : list(PROC, (path) -> Character.isDigit(path.getFileName().toString().charAt(0)))) {
				addChild(children, process, self);
			}
		}
		else {
			ProcessHandle.current()
				.children()
				.forEach((child) -> children.put(child.pid(),
						"child %d (%s)".formatted(child.pid(), child.info().command().orElse("unknown"))));
		}
		return children;
	}

	/**
	 * Read {@code pid (program) state parent …}; a program may have any character in it.
	 */
	private static void addChild(Map<Long, String> children, Path process, String parent) {
		try {
			String stat = Files.readString(process.resolve("stat"));
			int end = stat.lastIndexOf(')');
			String[] rest = stat.substring(end + 2).split(" ", 3);
			if (rest[1].equals(parent)) {
				long pid = Long.parseLong(process.getFileName().toString());
				children.put(pid, "child %d (%s%s)".formatted(pid, stat.substring(stat.indexOf('(') + 1, end),
						rest[0].equals("Z") ? ", which was not reaped" : ""));
			}
		}
		catch (IOException ex) {
			// It is gone
		}
	}

	private static Map<String, String> currentDescriptors(boolean loops) {
		Map<String, String> descriptors = new TreeMap<>();
		Path folder = PROC.resolve("self").resolve("fd");
		if (!Files.isDirectory(folder)) {
			return descriptors;
		}
		for (Path descriptor : list(folder, (path) -> true)) {
			try {
				String target = Files.readSymbolicLink(descriptor).toString();
				if (counts(target, loops)) {
					String number = descriptor.getFileName().toString();
					descriptors.put(number + " " + target, "descriptor %s (%s)".formatted(number, target));
				}
			}
			catch (IOException ex) {
				// It is closed
			}
		}
		return descriptors;
	}

	private static boolean counts(String target, boolean loops) {
		return OF_CHILDREN.stream().anyMatch(target::startsWith)
				|| (loops && OF_LOOPS.stream().anyMatch(target::startsWith));
	}

	private static Map<Long, String> currentThreads() {
		Map<Long, String> threads = new TreeMap<>();
		Thread.getAllStackTraces().forEach((thread, stack) -> {
			String name = thread.getName();
			if (name.startsWith(THREADS) && !OF_THE_PROCESS.contains(name) && !isIdle(stack)) {
				threads.put(thread.getId(), "thread '%s'".formatted(name));
			}
		});
		return threads;
	}

	/**
	 * Return whether a thread of a pool waits for work, as it does for a while after what
	 * it has done.
	 */
	private static boolean isIdle(StackTraceElement[] stack) {
		return Stream.of(stack)
			.anyMatch((frame) -> frame.getMethodName().equals("getTask")
					&& frame.getClassName().equals(ThreadPoolExecutor.class.getName()));
	}

	private static List<Path> list(Path folder, Predicate<Path> wanted) {
		try (Stream<Path> entries = Files.list(folder)) {
			return entries.filter(wanted).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
