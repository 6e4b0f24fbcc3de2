package io.eventloop.subprocess;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What this process has that a loop may leave behind: descriptors of pipes and the like,
 * children (zombies too) and threads.
 *
 * @param descriptors what they refer to
 * @param children their pids and names
 * @param threads their names
 */
record Leftovers(Set<String> descriptors, Set<String> children, Set<String> threads) {

	static Leftovers now() {
		return new Leftovers(descriptorsIn("/proc/self/fd"), currentChildren(), currentThreads());
	}

	/**
	 * Check that there is no more now than there was then, soon at least.
	 */
	void assertNothingWasAdded() {
		Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
			Leftovers now = now();
			assertThat(added(now, Leftovers::children)).as("children left behind").isEmpty();
			assertThat(added(now, Leftovers::descriptors)).as("descriptors left behind").isEmpty();
			assertThat(added(now, Leftovers::threads)).as("threads left behind").isEmpty();
		});
	}

	private Set<String> added(Leftovers later, Function<Leftovers, Set<String>> what) {
		Set<String> added = new TreeSet<>(what.apply(later));
		added.removeAll(what.apply(this));
		return added;
	}

	static Set<String> currentChildren() {
		long self = ProcessHandle.current().pid();
		try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
			return processes.filter((path) -> Character.isDigit(path.getFileName().toString().charAt(0)))
				.map(ProcessStat::read)
				.flatMap(Optional::stream)
				.filter((stat) -> stat.parent() == self)
				.map(ProcessStat::toString)
				.collect(Collectors.toCollection(TreeSet::new));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return what the pipes, pidfds, terminals and files in a {@code /proc/…/fd} are.
	 */
	static Set<String> descriptorsIn(String directory) {
		try (Stream<Path> links = Files.list(Path.of(directory))) {
			return links.map(Leftovers::target)
				.filter((target) -> List.of("pipe:", "anon_inode:", "/dev/pt", "/dev/null", "/tmp/")
					.stream()
					.anyMatch(target::startsWith))
				.collect(Collectors.toCollection(TreeSet::new));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String target(Path link) {
		try {
			return Files.readSymbolicLink(link).toString();
		}
		catch (IOException ex) {
			// Closed since the listing
			return "";
		}
	}

	private static Set<String> currentThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("eventloop-") && !name.endsWith("-cleaner"))
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
