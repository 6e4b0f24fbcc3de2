package io.eventloop.containment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import io.eventloop.TreeRoot;

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

	private static final int SELF = (int) ProcessHandle.current().pid();

	private Descendants() {
	}

	/**
	 * Note a child and its descendants as members of a tree. What is reaped meanwhile may
	 * have lost its number to another process, which is not noted: a root counts if it is
	 * not reaped once it was read, and any other if its parent is there still.
	 */
	static void note(TreeRoot root, TreeMembers tree) {
		try {
			Optional<ProcessEntry> child = ProcessEntry.read((int) root.pid());
			if (child.isPresent() && child.get().parent() == SELF && root.lastOwnTick() == Long.MAX_VALUE) {
				note(child.get(), tree);
			}
		}
		catch (UncheckedIOException ex) {
			// Too many open files: the look that follows waits for better times
		}
	}

	private static void note(ProcessEntry root, TreeMembers tree) {
		Deque<ProcessEntry> next = new ArrayDeque<>();
		next.add(root);
		for (int noted = 0; noted < MOST && !next.isEmpty(); noted++) {
			ProcessEntry process = next.remove();
			tree.add(process);
			addChildren(process, next);
		}
	}

	private static void addChildren(ProcessEntry parent, Deque<ProcessEntry> children) {
		List<ProcessEntry> found = new ArrayList<>(0);
		Path tasks = ProcessEntry.PROC.resolve(parent.pid() + "/task");
		try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
			for (Path thread : threads) {
				String list = Files.readString(thread.resolve("children"), StandardCharsets.ISO_8859_1);
				for (String child : list.split(" ", -1)) {
					if (!child.isBlank()) {
						ProcessEntry.read(Integer.parseInt(child.strip()))
							.filter((process) -> process.parent() == parent.pid())
							.ifPresent(found::add);
					}
				}
			}
		}
		catch (IOException | DirectoryIteratorException ex) {
			// It is gone, or a kernel that does not list children
		}
		if (!found.isEmpty() && parent.isThere()) {
			children.addAll(found);
		}
	}

}
