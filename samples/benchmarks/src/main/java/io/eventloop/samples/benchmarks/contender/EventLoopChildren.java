package io.eventloop.samples.benchmarks.contender;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.LoopFuture;
import io.eventloop.Signal;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.samples.benchmarks.contender.Job.Mode;
import io.eventloop.watcher.FastChildWatcher;
import io.eventloop.watcher.IoUringChildWatcher;
import io.eventloop.watcher.MultiLoopChildWatcher;
import io.eventloop.watcher.PidfdChildWatcher;
import io.eventloop.watcher.SafeChildWatcher;
import io.eventloop.watcher.ThreadedChildWatcher;

/**
 * Children of this project's loop, which runs in the main thread.
 */
final class EventLoopChildren implements ChildProgram {

	private static final Map<String, Supplier<ChildWatcher>> WATCHERS = Map.of("threaded", ThreadedChildWatcher::new,
			"pidfd", PidfdChildWatcher::new, "io-uring", IoUringChildWatcher::new, "multi-loop",
			MultiLoopChildWatcher::new, "safe", SafeChildWatcher::new, "fast", FastChildWatcher::new);

	private final EventLoop loop;

	private final EventLoopIdleChildren idle;

	private int wrong;

	/**
	 * Set the loop of the main context, to which safe and fast are attached.
	 * @param selector what the loop waits on
	 * @param watcher the watcher, empty for a loop that needs none
	 */
	EventLoopChildren(String selector, Optional<String> watcher) {
		this.loop = watcher.map((name) -> mainLoop(selector, name)).orElseGet(() -> mainLoop(selector));
		// Without a watcher, the JDK reports how children exit
		int killed = watcher.isPresent() ? -Signal.SIGKILL.number() : JdkChildren.KILLED;
		this.idle = new EventLoopIdleChildren(this.loop, killed);
	}

	static EventLoop mainLoop(String selector, String watcher) {
		EventLoops.setChildWatcher(EventLoopProgram.choose("watcher", WATCHERS, watcher));
		return mainLoop(selector);
	}

	private static EventLoop mainLoop(String selector) {
		EventLoop loop = EventLoopProgram.choose("selector", EventLoopProgram.SELECTORS, selector);
		EventLoops.setEventLoop(loop);
		return loop;
	}

	@Override
	public void run(Job job, int count, int inFlight) {
		List<SubprocessSpec> specs = job.programs().stream().map((program) -> spec(program, job.mode())).toList();
		new Flow(this.loop, count, inFlight, (index) -> {
			LoopFuture<Subprocess> child = this.loop.subprocess(specs.get(index % specs.size()));
			return isRight(child, job, index).thenAccept(this::count);
		}).run();
	}

	@Override
	public void read(int megabytes) {
		SubprocessSpec spec = SubprocessSpec.exec(ChildProgram.writing(megabytes)).pipes();
		long count = this.loop.runUntilComplete(this.loop.subprocess(spec).thenCompose((child) -> {
			OutputCounter counter = new OutputCounter(child.requireStdout());
			return counter.count().thenCombine(child.onExit(), (bytes, code) -> bytes);
		}));
		count(count == megabytes * 1_000_000L);
	}

	@Override
	public void readAtOnce(int children) {
		SubprocessSpec spec = SubprocessSpec.exec(WRITING_OUTPUT).pipes();
		new Flow(this.loop, children, children,
				(index) -> this.loop.subprocess(spec).thenCompose(Subprocess::communicate).thenAccept((output) -> {
					byte[] read = output.stdout();
					count(output.returnCode() == 0 && read != null && read.length == OUTPUT);
				}))
			.run();
	}

	private static CompletableFuture<Boolean> isRight(LoopFuture<Subprocess> child, Job job, int index) {
		int expected = job.expected(index);
		return switch (job.mode()) {
			case INHERITED -> child.thenCompose(Subprocess::onExit).thenApply((returnCode) -> returnCode == expected);
			case PIPES ->
				child.thenCompose(Subprocess::communicate).thenApply((output) -> output.returnCode() == expected);
			case EXCHANGE -> child.thenCompose((started) -> started.communicate(Job.INPUT))
				.thenApply((output) -> output.returnCode() == expected && Arrays.equals(output.stdout(), Job.INPUT));
		};
	}

	private void count(boolean right) {
		if (!right) {
			this.wrong++;
		}
	}

	private static SubprocessSpec spec(String program, Mode mode) {
		SubprocessSpec spec = SubprocessSpec.exec(program);
		return (mode == Mode.INHERITED) ? spec : spec.pipes();
	}

	@Override
	public void startIdle(int count) {
		this.idle.start(count);
	}

	@Override
	public int idleInFlight() {
		return EventLoopIdleChildren.IN_FLIGHT;
	}

	@Override
	public void killIdle() {
		this.idle.kill();
	}

	@Override
	public int wrong() {
		return this.wrong + this.idle.wrong();
	}

}
