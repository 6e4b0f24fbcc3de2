package io.eventloop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the members of several trees: of all groups with one look through {@code /proc},
 * and of all others with as many as their containment needs that is asked for all of them
 * at once.
 */
final class TreeSearch {

	private static final Logger logger = LoggerFactory.getLogger(TreeSearch.class);

	/**
	 * Longer than a containment tries a search that fails.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final Map<ChildTree, List<ProcessHandle>> found = new HashMap<>();

	/**
	 * Find the members. An interrupt ends the wait, and is not lost.
	 * @return the members of each tree, without a tree whose members cannot be found
	 */
	Map<ChildTree, List<ProcessHandle>> find(Collection<? extends ChildTree> trees) {
		Map<ChildTree, CompletionStage<List<ProcessHandle>>> others = new HashMap<>();
		Map<ChildTree, TreeRoot> groups = new HashMap<>();
		for (ChildTree tree : trees) {
			if (tree instanceof GroupTree group) {
				this.found.put(tree, List.of());
				group.leader().ifPresent((leader) -> groups.put(tree, leader));
			}
			else {
				others.put(tree, tree.findMembers());
			}
		}
		if (!groups.isEmpty()) {
			Map<Long, List<ProcessHandle>> members = GroupMembers.find(new ArrayList<>(groups.values()));
			groups.forEach((tree, leader) -> this.found.put(tree, members.getOrDefault(leader.pid(), List.of())));
		}
		others.forEach(this::await);
		return this.found;
	}

	private void await(ChildTree tree, CompletionStage<List<ProcessHandle>> members) {
		try {
			this.found.put(tree, members.toCompletableFuture().get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException ex) {
			logger.warn("What {} has started cannot be found", tree.spec().program(), ex.getCause());
		}
		catch (TimeoutException ex) {
			logger.warn("What {} has started was not found within {} s", tree.spec().program(), PATIENCE.toSeconds());
		}
	}

}
