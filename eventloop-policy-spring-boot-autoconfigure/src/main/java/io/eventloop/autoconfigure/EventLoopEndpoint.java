package io.eventloop.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoopPolicy;
import io.eventloop.LoopContext;
import io.eventloop.LoopStatistics;
import io.eventloop.metrics.ChildCounts;
import io.eventloop.metrics.ChildOutcome;
import io.eventloop.selector.SelectorChoice;
import io.eventloop.watcher.OrphanReaper;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * {@link Endpoint @Endpoint} that shows the event loop policy, its loops, the child
 * watcher and how many children and orphans there are and were. Tells nothing of what
 * they run.
 *
 * @since 0.1.0
 */
@Endpoint(id = "eventloop")
public class EventLoopEndpoint {

	private final EventLoopPolicy policy;

	private final ChildCounts children;

	private final OrphanReaper orphans;

	private final String watcherReason;

	private final @Nullable SelectorChoice selector;

	/**
	 * Create the endpoint.
	 * @param policy the policy to show
	 * @param children the counts of its watcher's children
	 * @param orphans the reaper of orphans
	 * @param watcherReason why that watcher is in use
	 * @param selector what the policy's loops wait on, or {@code null} if that is the
	 * policy's own business
	 */
	public EventLoopEndpoint(EventLoopPolicy policy, ChildCounts children, OrphanReaper orphans, String watcherReason,
			@Nullable SelectorChoice selector) {
		this.policy = policy;
		this.children = children;
		this.orphans = orphans;
		this.watcherReason = watcherReason;
		this.selector = selector;
	}

	/**
	 * Describe the event loops.
	 * @return what there is now
	 */
	@ReadOperation
	public EventLoopsDescriptor eventLoops() {
		return new EventLoopsDescriptor(this.policy.getClass().getName(),
				this.policy.contexts().stream().map(ContextDescriptor::of).toList(),
				SelectorDescriptor.of(this.selector), WatcherDescriptor.of(this.children.watcher(), this.watcherReason),
				ChildrenDescriptor.of(this.children), OrphansDescriptor.of(this.orphans));
	}

	/**
	 * Description of the event loops of an application.
	 *
	 * @param policy the policy's class
	 * @param contexts the contexts that have a loop
	 * @param selector what the policy's loops wait on, or {@code null} if that is its own
	 * business
	 * @param watcher the child watcher, or {@code null} where there is none
	 * @param children the children
	 * @param orphans the orphans
	 */
	public record EventLoopsDescriptor(String policy, List<ContextDescriptor> contexts,
			@Nullable SelectorDescriptor selector, @Nullable WatcherDescriptor watcher, ChildrenDescriptor children,
			OrphansDescriptor orphans) implements OperationResponseBody {

	}

	/**
	 * Description of a context and its loop.
	 *
	 * @param context the context's name
	 * @param loop the loop's class
	 * @param running whether the loop runs
	 * @param closed whether the loop is closed
	 * @param callbacks how many callbacks the loop has run
	 * @param pending how many callbacks are ready and not yet run
	 */
	public record ContextDescriptor(String context, String loop, boolean running, boolean closed, long callbacks,
			int pending) {

		private static ContextDescriptor of(LoopContext context) {
			LoopStatistics statistics = context.loop().statistics();
			return new ContextDescriptor(context.name(), context.loop().getClass().getName(),
					context.loop().isRunning(), context.loop().isClosed(), statistics.callbacks(),
					statistics.pending());
		}

	}

	/**
	 * Description of what loops wait on.
	 *
	 * @param name its name
	 * @param reason why it is in use
	 */
	public record SelectorDescriptor(String name, String reason) {

		private static @Nullable SelectorDescriptor of(@Nullable SelectorChoice selector) {
			return (selector != null) ? new SelectorDescriptor(selector.name(), selector.reason()) : null;
		}

	}

	/**
	 * Description of a child watcher.
	 *
	 * @param name its name
	 * @param active whether it is ready to use
	 * @param reason why it is in use
	 */
	public record WatcherDescriptor(String name, boolean active, String reason) {

		private static @Nullable WatcherDescriptor of(@Nullable ChildWatcher watcher, String reason) {
			return (watcher != null) ? new WatcherDescriptor(watcher.name(), watcher.isActive(), reason) : null;
		}

	}

	/**
	 * Description of the children of an application.
	 *
	 * @param active how many run
	 * @param spawned how many were started
	 * @param reaped how many have ended, by outcome
	 */
	public record ChildrenDescriptor(long active, long spawned, Map<String, Long> reaped) {

		private static ChildrenDescriptor of(ChildCounts children) {
			Map<String, Long> reaped = Arrays.stream(ChildOutcome.values())
				.collect(Collectors.toMap(ChildOutcome::tag, children::reaped, Long::sum, TreeMap::new));
			return new ChildrenDescriptor(children.active(), children.spawned(), reaped);
		}

	}

	/**
	 * Description of the orphans that an application reaps.
	 *
	 * @param mode when they are reaped
	 * @param active whether they are reaped now
	 * @param reaped how many were reaped
	 */
	public record OrphansDescriptor(String mode, boolean active, long reaped) {

		private static OrphansDescriptor of(OrphanReaper orphans) {
			return new OrphansDescriptor(orphans.mode(), orphans.isActive(), orphans.reaped());
		}

	}

}
