package io.eventloop.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.eventloop.ChildContainment;
import io.eventloop.ChildWatcher;
import io.eventloop.EventLoopPolicy;
import io.eventloop.LoopContext;
import io.eventloop.LoopStatistics;
import io.eventloop.containment.TreeContainment;
import io.eventloop.metrics.ChildCounts;
import io.eventloop.metrics.ChildOutcome;
import io.eventloop.selector.SelectorChoice;
import io.eventloop.supervision.SupervisedProcesses;
import io.eventloop.watcher.OrphanReaper;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * {@link Endpoint @Endpoint} that shows the event loop policy, its loops, the child
 * watcher, the numbers of children and orphans, and the services. Where that is asked for
 * it shows each child, without its arguments and environment, and in a dump what the
 * loops are doing. With unrestricted access it starts, stops and restarts services.
 *
 * @since 0.1.0
 */
@Endpoint(id = "eventloop", defaultAccess = Access.READ_ONLY)
public class EventLoopEndpoint {

	private static final String DUMP = "dump";

	private final EventLoopPolicy policy;

	private final ChildCounts children;

	private final OrphanReaper orphans;

	private final String watcherReason;

	private final @Nullable SelectorChoice selector;

	private final ShownServices services;

	private final Show showChildren;

	/**
	 * Create the endpoint.
	 * @param policy the policy to show
	 * @param children the counts of its watcher's children
	 * @param orphans the reaper of orphans
	 * @param watcherReason why that watcher is in use
	 * @param selector what the policy's loops wait on, or {@code null} if the policy
	 * decides that itself
	 * @param services the services
	 * @param showChildren when to show each child
	 */
	public EventLoopEndpoint(EventLoopPolicy policy, ChildCounts children, OrphanReaper orphans, String watcherReason,
			@Nullable SelectorChoice selector, SupervisedProcesses services, Show showChildren) {
		this.policy = policy;
		this.children = children;
		this.orphans = orphans;
		this.watcherReason = watcherReason;
		this.selector = selector;
		this.services = new ShownServices(services);
		this.showChildren = showChildren;
	}

	/**
	 * Describe the event loops.
	 * @return the current state
	 */
	@ReadOperation
	public EventLoopsDescriptor eventLoops() {
		return eventLoops(this.showChildren == Show.ALWAYS);
	}

	EventLoopsDescriptor eventLoops(boolean eachChild) {
		List<LoopContext> contexts = List.copyOf(this.policy.contexts());
		return new EventLoopsDescriptor(this.policy.getClass().getName(),
				contexts.stream().map(ContextDescriptor::of).toList(), SelectorDescriptor.of(this.selector),
				WatcherDescriptor.of(this.children.watcher(), this.watcherReason),
				ChildrenDescriptor.of(this.children, contexts, eachChild), OrphansDescriptor.of(this.orphans),
				this.services.describe());
	}

	/**
	 * Describe what the loops are doing, if children are shown to anyone. Asks no loop.
	 * @param view {@code dump}
	 * @return the dump, or {@code null} if it is not shown, or another view is asked for
	 */
	@ReadOperation
	public @Nullable DumpDescriptor dump(@Selector String view) {
		return dump(view, this.showChildren == Show.ALWAYS);
	}

	@Nullable DumpDescriptor dump(String view, boolean shown) {
		return (shown && view.equals(DUMP)) ? DumpDescriptor.of(this.policy.contexts()) : null;
	}

	/**
	 * Describe a service.
	 * @param view {@code services}
	 * @param name the service's name
	 * @return its state, or {@code null} if there is no such service, or another view is
	 * asked for
	 */
	@ReadOperation
	public @Nullable ServiceDescriptor service(@Selector String view, @Selector String name) {
		return this.services.describe(view, name);
	}

	/**
	 * Start, stop or restart a service. Returns before that is done.
	 * @param view {@code services}
	 * @param name the service's name
	 * @param action what to do
	 * @return whether there is such a service
	 */
	@WriteOperation
	public boolean changeService(@Selector String view, @Selector String name, ServiceAction action) {
		return this.services.change(view, name, action);
	}

	/**
	 * Description of the event loops of an application.
	 *
	 * @param policy the policy's class
	 * @param contexts the contexts that have a loop
	 * @param selector what the policy's loops wait on, or {@code null} if the policy
	 * decides that itself
	 * @param watcher the child watcher, or {@code null} if there is none
	 * @param children the children
	 * @param orphans the orphans
	 * @param services the services
	 */
	public record EventLoopsDescriptor(String policy, List<ContextDescriptor> contexts,
			@Nullable SelectorDescriptor selector, @Nullable WatcherDescriptor watcher, ChildrenDescriptor children,
			OrphansDescriptor orphans, List<ServiceDescriptor> services) implements OperationResponseBody {

	}

	/**
	 * Description of a context and its loop.
	 *
	 * @param context the context's name
	 * @param loop the loop's class
	 * @param running whether the loop runs
	 * @param closed whether the loop is closed
	 * @param callbacks how many callbacks the loop has run
	 * @param pending how many callbacks are ready and have not run yet
	 * @param containment what is ended with a child of the loop
	 */
	public record ContextDescriptor(String context, String loop, boolean running, boolean closed, long callbacks,
			int pending, ContainmentDescriptor containment) {

		private static ContextDescriptor of(LoopContext context) {
			LoopStatistics statistics = context.loop().statistics();
			return new ContextDescriptor(context.name(), context.loop().getClass().getName(),
					context.loop().isRunning(), context.loop().isClosed(), statistics.callbacks(), statistics.pending(),
					ContainmentDescriptor.of(context.loop().getChildContainment()));
		}

	}

	/**
	 * Description of what is ended with a child.
	 *
	 * @param mechanism how it is known what belongs to a child
	 * @param reason why that mechanism is in use
	 * @param killOnExit whether all of it ends if this JVM is killed
	 */
	public record ContainmentDescriptor(String mechanism, String reason, boolean killOnExit) {

		private static ContainmentDescriptor of(ChildContainment containment) {
			if (containment instanceof TreeContainment trees) {
				return new ContainmentDescriptor(trees.mechanism().name().toLowerCase(Locale.ROOT), trees.reason(),
						trees.killsOnExit());
			}
			return (containment == ChildContainment.GROUP)
					? new ContainmentDescriptor("group", "The loop has no other", false)
					: new ContainmentDescriptor(containment.getClass().getName(), "The application defines it", false);
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
	 * @param active how many are running
	 * @param spawned how many were started
	 * @param reaped how many have exited, by outcome
	 * @param detached how many of those running are detached, and live on when the
	 * application ends
	 * @param processes each child that has not ended, the oldest first, or {@code null}
	 * if they are not shown
	 */
	public record ChildrenDescriptor(long active, long spawned, Map<String, Long> reaped, long detached,
			@Nullable List<ChildDescriptor> processes) {

		private static ChildrenDescriptor of(ChildCounts children, List<LoopContext> contexts, boolean each) {
			Map<String, Long> reaped = Arrays.stream(ChildOutcome.values())
				.collect(Collectors.toMap(ChildOutcome::tag, children::reaped, Long::sum, TreeMap::new));
			ShownChildren shown = new ShownChildren(contexts);
			return new ChildrenDescriptor(children.active(), children.spawned(), reaped, shown.detached(),
					each ? shown.describeTrees() : null);
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
