package io.eventloop;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class TreeSearchTests {

	@Test
	@DisplayName("A containment that never answers holds up a search for some seconds only, and other trees are found")
	void waitsForSomeSeconds() {
		ChildTree silent = new FixedTree(new CompletableFuture<>());
		ChildTree found = new FixedTree(CompletableFuture.completedFuture(List.of(ProcessHandle.current())));
		assertThat(ChildTree.members(List.of(silent, found))).containsOnlyKeys(found);
	}

	@Test
	@DisplayName("An interrupt ends the wait, and is not lost")
	void isInterrupted() {
		Thread.currentThread().interrupt();
		assertThat(ChildTree.members(List.of(new FixedTree(new CompletableFuture<>())))).isEmpty();
		assertThat(Thread.interrupted()).isTrue();
	}

	/**
	 * A tree of which only the members matter.
	 *
	 * @param findMembers what it answers
	 */
	private record FixedTree(CompletableFuture<List<ProcessHandle>> findMembers) implements ChildTree {

		@Override
		public SubprocessSpec spec() {
			return SubprocessSpec.exec("true");
		}

		@Override
		public void started(TreeRoot root) {
			throw new AssertionError("started");
		}

		@Override
		public void signal(Signal signal) {
			throw new AssertionError("signalled");
		}

		@Override
		public void kill() {
			throw new AssertionError("killed");
		}

		@Override
		public CompletionStage<Void> killed() {
			return CompletableFuture.completedStage(null);
		}

	}

}
