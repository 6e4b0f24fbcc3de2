package io.eventloop.containment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A control group of version 2, with its subgroups. May be used from any thread.
 *
 * @param path its directory
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">cgroup v2</a>
 */
record Cgroup(Path path) {

	private static final long PAUSE_MILLIS = 2;

	/**
	 * Make the directory.
	 */
	Cgroup create() throws IOException {
		Files.createDirectory(this.path);
		return this;
	}

	Cgroup subgroup(String name) {
		return new Cgroup(this.path.resolve(name));
	}

	/**
	 * Return the file that takes the pid of a process which is to enter.
	 */
	Path entrance() {
		return this.path.resolve("cgroup.procs");
	}

	/**
	 * Kill all processes in it and in its subgroups, at once, so that none can fork away.
	 */
	private void kill() throws IOException {
		Files.writeString(this.path.resolve("cgroup.kill"), "1");
	}

	/**
	 * Kill all that is in it, and remove it once it is empty.
	 * @return done then; fails with those that are left after a while
	 */
	CompletableFuture<Void> killAndRemove() throws IOException {
		kill();
		CompletableFuture<Void> removed = new CompletableFuture<>();
		removeWhenEmpty(removed, System.nanoTime() + TreeSweeper.PATIENCE.toNanos());
		return removed;
	}

	private void removeWhenEmpty(CompletableFuture<Void> removed, long deadline) {
		if (remove()) {
			removed.complete(null);
		}
		else if (System.nanoTime() - deadline > 0) {
			removed.completeExceptionally(
					new IllegalStateException("Processes %s in control group %s were not killed within %d s"
						.formatted(describeMembers(), this.path, TreeSweeper.PATIENCE.toSeconds())));
		}
		else {
			CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS, TreeThreads::run)
				.execute(() -> removeWhenEmpty(removed, deadline));
		}
	}

	private String describeMembers() {
		try {
			return members().toString();
		}
		catch (UncheckedIOException ex) {
			return "that cannot be read";
		}
	}

	/**
	 * Return the processes in it and in its subgroups.
	 * @throws UncheckedIOException if that cannot be told, as with too many open files
	 */
	List<ProcessEntry> members() {
		List<ProcessEntry> members = new ArrayList<>(0);
		addMembers(members);
		return members;
	}

	private void addMembers(List<ProcessEntry> members) {
		try {
			for (String pid : Files.readAllLines(entrance(), StandardCharsets.US_ASCII)) {
				ProcessEntry.read(Integer.parseInt(pid)).filter(ProcessEntry::isAlive).ifPresent(members::add);
			}
			for (Path subgroup : subgroups()) {
				new Cgroup(subgroup).addMembers(members);
			}
		}
		catch (IOException ex) {
			if (Files.exists(this.path)) {
				throw new UncheckedIOException(
						"Control group %s cannot be read: %s".formatted(this.path, ex.getMessage()), ex);
			}
			// It was removed, so it has none
		}
	}

	private List<Path> subgroups() throws IOException {
		List<Path> subgroups = new ArrayList<>(0);
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.path, Files::isDirectory)) {
			files.forEach(subgroups::add);
		}
		return subgroups;
	}

	/**
	 * Remove it with its subgroups.
	 * @return whether it is gone; else processes are in it
	 */
	boolean remove() {
		try {
			for (Path subgroup : subgroups()) {
				new Cgroup(subgroup).remove();
			}
			Files.delete(this.path);
			return true;
		}
		catch (NoSuchFileException ex) {
			return true;
		}
		catch (IOException ex) {
			// EBUSY
			return false;
		}
	}

}
