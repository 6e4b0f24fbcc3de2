package io.eventloop.testsupport;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

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
public record Leftovers(Set<String> descriptors, Set<String> children, Set<String> threads) {

	/**
	 * Threads that are the process's rather than a loop's. The second ends after a second
	 * without work.
	 */
	private static final Set<String> OF_PROCESS = Set.of("eventloop-jffi-cleaner", "eventloop-tree-sweeper");

	/**
	 * Take stock.
	 */
	public static Leftovers now() {
		return new Leftovers(pipesAndTheLike(Proc.descriptors().values()), currentChildren(), currentThreads());
	}

	/**
	 * Check that there is no more now than there was then, soon at least.
	 */
	public void assertNothingWasAdded() {
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

	/**
	 * Return this process's children, zombies too.
	 */
	public static Set<String> currentChildren() {
		return Proc.children().stream().map(ProcessStat::toString).collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * Return the pipes, pidfds, terminals and files among what descriptors stand for.
	 */
	public static Set<String> pipesAndTheLike(Collection<String> targets) {
		return targets.stream()
			.filter((target) -> List.of("pipe:", "anon_inode:", "/dev/pt", "/dev/null", "/tmp/")
				.stream()
				.anyMatch(target::startsWith))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<String> currentThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("eventloop-") && !OF_PROCESS.contains(name))
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
