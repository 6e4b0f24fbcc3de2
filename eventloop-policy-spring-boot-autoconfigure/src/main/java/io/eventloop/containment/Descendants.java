package io.eventloop.containment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Notes what a process has started, as long as it is its parent: before it ends, as
 * nothing shows afterwards what has cleared its environment. The kernel lists children
 * directly, so that this takes microseconds and can be done on a loop.
 *
 * @see <a href=
 * "https://man7.org/linux/man-pages/man5/proc_pid_task.5.html">proc_pid_task(5)</a>
 */
final class Descendants {

	/**
	 * More are found by the look that follows, while their own parents live.
	 */
	private static final int MOST = 64;

	private Descendants() {
	}

	/**
	 * Note a process and its descendants as members of a tree.
	 */
	static void note(int root, TreeMembers tree) {
		Deque<Integer> next = new ArrayDeque<>();
		next.add(root);
		for (int noted = 0; noted < MOST && !next.isEmpty(); noted++) {
			int pid = next.remove();
			noteOne(pid, tree);
			addChildren(pid, next);
		}
	}

	private static void noteOne(int pid, TreeMembers tree) {
		try {
			ProcessEntry.read(pid).ifPresent(tree::add);
		}
		catch (UncheckedIOException ex) {
			// Too many open files: the look that follows waits for better times
		}
	}

	private static void addChildren(int parent, Deque<Integer> children) {
		try (DirectoryStream<Path> threads = Files.newDirectoryStream(ProcessEntry.PROC.resolve(parent + "/task"))) {
			for (Path thread : threads) {
				String list = Files.readString(thread.resolve("children"), StandardCharsets.ISO_8859_1);
				for (String child : list.split(" ", -1)) {
					if (!child.isBlank()) {
						children.add(Integer.valueOf(child.strip()));
					}
				}
			}
		}
		catch (IOException | UncheckedIOException | DirectoryIteratorException ex) {
			// It is gone, or a kernel that does not list children
		}
	}

}
