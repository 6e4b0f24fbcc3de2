package io.eventloop;

import java.util.ServiceLoader;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The entry point: the process-wide policy, the loop of the current context and the
 * running loop. These are asyncio's module-level functions.
 * <p>
 * All methods may be called from any thread. The policy is created when it is first
 * needed: the {@link EventLoopPolicy} that {@link ServiceLoader} finds, where one from
 * outside this library takes precedence over the library's own.
 *
 * @see <a href="https://docs.python.org/3.12/library/asyncio-policy.html">asyncio,
 * Policies</a>
 * @since 0.1.0
 */
public final class EventLoops {

	private static final Object LOCK = new Object();

	private static volatile @Nullable EventLoopPolicy policy;

	private EventLoops() {
	}

	/**
	 * Return the process-wide policy, creating it if needed.
	 * @return the policy, the same object until another one is set
	 */
	public static EventLoopPolicy getEventLoopPolicy() {
		EventLoopPolicy current = policy;
		if (current != null) {
			return current;
		}
		synchronized (LOCK) {
			current = policy;
			if (current == null) {
				current = loadDefaultPolicy();
				policy = current;
			}
			return current;
		}
	}

	/**
	 * Set the process-wide policy. Loops that exist already are neither closed nor moved.
	 * @param newPolicy the policy, or {@code null} to restore the default, which is then
	 * created anew
	 */
	public static void setEventLoopPolicy(@Nullable EventLoopPolicy newPolicy) {
		synchronized (LOCK) {
			policy = newPolicy;
		}
	}

	/**
	 * Return the running loop of this thread, or else the loop that the policy returns.
	 * @return the loop
	 * @throws IllegalStateException if no loop is running in this thread and the context
	 * has none
	 */
	public static EventLoop getEventLoop() {
		EventLoop running = RunningLoop.get();
		return (running != null) ? running : getEventLoopPolicy().getEventLoop();
	}

	/**
	 * Set the loop of the current context.
	 * @param loop the loop, or {@code null} for none
	 */
	public static void setEventLoop(@Nullable EventLoop loop) {
		getEventLoopPolicy().setEventLoop(loop);
	}

	/**
	 * Create a loop through the policy; it does not become current. The caller closes it.
	 * @return the new loop
	 */
	public static EventLoop newEventLoop() {
		return getEventLoopPolicy().newEventLoop();
	}

	/**
	 * Return the loop that runs in this thread.
	 * @return the running loop
	 * @throws IllegalStateException if none runs in this thread
	 */
	public static EventLoop getRunningLoop() {
		EventLoop running = RunningLoop.get();
		if (running == null) {
			throw new IllegalStateException("No event loop runs in thread '%s'; call this from a callback of a loop"
				.formatted(Thread.currentThread().getName()));
		}
		return running;
	}

	/**
	 * Return the loop that runs in this thread, or {@code null} if none does.
	 * @return the running loop or {@code null}
	 */
	public static @Nullable EventLoop findRunningLoop() {
		return RunningLoop.get();
	}

	/**
	 * Return the policy's child watcher.
	 * @return the watcher
	 * @throws UnsupportedOperationException if the policy has none
	 */
	public static ChildWatcher getChildWatcher() {
		return getEventLoopPolicy().getChildWatcher();
	}

	/**
	 * Set the policy's child watcher; the previous one is closed.
	 * @param watcher the watcher, or {@code null} for the default
	 */
	public static void setChildWatcher(@Nullable ChildWatcher watcher) {
		getEventLoopPolicy().setChildWatcher(watcher);
	}

	/**
	 * Run a task to its end on a new loop: create the loop, run it, cancel and await the
	 * remaining tasks, shut down the default executor, and close the loop.
	 * @param main creates the main task's future; called on the loop
	 * @param <T> the result's type
	 * @return the result
	 * @throws IllegalStateException if a loop runs in this thread
	 * @throws java.util.concurrent.CompletionException if the task failed
	 * @throws java.util.concurrent.CancellationException if it was cancelled
	 * @see Runner
	 */
	public static <T> T run(Function<? super EventLoop, ? extends CompletionStage<T>> main) {
		try (Runner runner = new Runner()) {
			return runner.run(main);
		}
	}

	/**
	 * Start a program on the running loop, with this process's stdio.
	 * @param program the program; looked up in {@code PATH} unless it has a slash
	 * @param arguments its arguments
	 * @return the future subprocess
	 * @throws IllegalStateException if no loop runs in this thread
	 */
	public static LoopFuture<Subprocess> createSubprocessExec(String program, String... arguments) {
		return createSubprocess(SubprocessSpec.exec(program, arguments));
	}

	/**
	 * Start a shell command on the running loop, with this process's stdio. The shell
	 * interprets the command, so quote what you insert into it.
	 * @param command the argument of {@code /bin/sh -c}
	 * @return the future subprocess
	 * @throws IllegalStateException if no loop runs in this thread
	 */
	public static LoopFuture<Subprocess> createSubprocessShell(String command) {
		return createSubprocess(SubprocessSpec.shell(command));
	}

	/**
	 * Start what the spec describes on the running loop.
	 * @param spec what to start, and how
	 * @return the future subprocess
	 * @throws IllegalStateException if no loop runs in this thread
	 */
	public static LoopFuture<Subprocess> createSubprocess(SubprocessSpec spec) {
		return getRunningLoop().subprocess(spec);
	}

	private static EventLoopPolicy loadDefaultPolicy() {
		String ownPackage = EventLoops.class.getPackageName() + '.';
		EventLoopPolicy own = null;
		for (EventLoopPolicy found : ServiceLoader.load(EventLoopPolicy.class, EventLoops.class.getClassLoader())) {
			if (!found.getClass().getName().startsWith(ownPackage)) {
				return found;
			}
			own = (own != null) ? own : found;
		}
		if (own == null) {
			throw new IllegalStateException(
					"No default EventLoopPolicy was found by ServiceLoader; add one to META-INF/services or call setEventLoopPolicy");
		}
		return own;
	}

}
