package io.eventloop.autoconfigure;

import java.util.Collection;
import java.util.List;

import io.eventloop.EventLoop;
import io.eventloop.LoopContext;
import io.eventloop.LoopDump;
import io.eventloop.LoopDump.Excerpt;
import io.eventloop.LoopDump.PendingTask;
import io.eventloop.LoopDump.PendingTimer;
import io.eventloop.LoopDump.RunningCallback;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Description of what the loops of an application are doing and have under way.
 *
 * @param loops each loop
 * @since 0.1.0
 */
public record DumpDescriptor(List<LoopDescriptor> loops) implements OperationResponseBody {

	static final int MOST = 1000;

	static DumpDescriptor of(Collection<LoopContext> contexts) {
		return new DumpDescriptor(ShownChildren.withDistinctLoops(contexts).map(LoopDescriptor::of).toList());
	}

	/**
	 * Description of a loop. Of timers, tasks and children, the first {@value #MOST} are
	 * described.
	 *
	 * @param context the name of its context
	 * @param loop its class
	 * @param debug whether it is in debug mode, so that it is known where what is
	 * scheduled from now on was created
	 * @param state {@code busy}, {@code waiting}, {@code stopped} or {@code closed}
	 * @param thread the name of the thread that runs it, or {@code null} if none does
	 * @param callback the callback that runs, or {@code null} if none does
	 * @param ready how many callbacks are ready and have not run yet
	 * @param launches how many children are being launched
	 * @param executorWork how many calls in executors are not done
	 * @param timers the timers that are not due yet, the next first
	 * @param tasks the tasks that are not done
	 * @param children the children that have not ended, the oldest first
	 * @see LoopDump
	 */
	public record LoopDescriptor(String context, String loop, boolean debug, String state, @Nullable String thread,
			@Nullable RunningCallback callback, int ready, int launches, int executorWork, Excerpt<PendingTimer> timers,
			Excerpt<PendingTask> tasks, Excerpt<ChildDescriptor> children) {

		private static LoopDescriptor of(LoopContext context) {
			EventLoop loop = context.loop();
			LoopDump dump = loop.dump(MOST);
			List<ChildDescriptor> children = new ShownChildren(List.of(context)).describe();
			return new LoopDescriptor(context.name(), loop.getClass().getName(), loop.isDebug(), dump.state(),
					dump.thread(), dump.callback(), dump.ready(), dump.launches(), dump.executorWork(), dump.timers(),
					dump.tasks(), Excerpt.of(children, MOST, (child) -> child));
		}

	}

}
