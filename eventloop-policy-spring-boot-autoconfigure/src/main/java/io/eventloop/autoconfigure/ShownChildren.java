package io.eventloop.autoconfigure;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.eventloop.ChildTree;
import io.eventloop.EventLoop;
import io.eventloop.LoopContext;
import io.eventloop.SubprocessTransport;

/**
 * The children of all loops that have not ended, as the endpoint shows them. Asks no loop
 * for them, so that one that hangs is no obstacle.
 */
final class ShownChildren {

	private final List<Child> children;

	ShownChildren(Collection<LoopContext> contexts) {
		this.children = withDistinctLoops(contexts).flatMap(ShownChildren::of).toList();
	}

	/**
	 * Return the first context of each loop.
	 */
	static Stream<LoopContext> withDistinctLoops(Collection<LoopContext> contexts) {
		Set<EventLoop> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		return contexts.stream().filter((context) -> seen.add(context.loop()));
	}

	private static Stream<Child> of(LoopContext context) {
		return context.loop().subprocessTransports().stream().map((child) -> new Child(child, context.name()));
	}

	/**
	 * Return how many live on when the application ends.
	 */
	long detached() {
		return this.children.stream()
			.map(Child::transport)
			.filter((child) -> child.isDetached() && !child.isEnding() && child.returnCode().isEmpty())
			.count();
	}

	/**
	 * Describe them without their trees, the oldest first.
	 */
	List<ChildDescriptor> describe() {
		return sorted(
				this.children.stream().map((child) -> ChildDescriptor.of(child.transport(), child.context(), null)));
	}

	/**
	 * Describe them with their trees, the oldest first. Looks through {@code /proc} once
	 * for all of them, so it is not to be called on a loop's thread.
	 */
	List<ChildDescriptor> describeTrees() {
		Map<ChildTree, List<ProcessHandle>> members = ChildTree
			.members(this.children.stream().map((child) -> child.transport().tree()).toList());
		return sorted(this.children.stream()
			.map((child) -> ChildDescriptor.of(child.transport(), child.context(),
					TreeDescriptor.of(child.transport(), members.get(child.transport().tree())))));
	}

	private static List<ChildDescriptor> sorted(Stream<ChildDescriptor> children) {
		return children.sorted(Comparator.comparing(ChildDescriptor::age).reversed()).toList();
	}

	/**
	 * A child and the context of its loop.
	 *
	 * @param transport the child
	 * @param context the context's name
	 */
	private record Child(SubprocessTransport transport, String context) {

	}

}
