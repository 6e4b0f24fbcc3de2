package io.eventloop.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties for event loops.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("eventloop")
public class EventLoopProperties {

	/**
	 * Event loop policy of this process. Ignored if an EventLoopPolicy bean is defined.
	 */
	private Policy policy = Policy.DEFAULT;

	/**
	 * How the exits of child processes are noticed. Ignored if a ChildWatcher bean is
	 * defined.
	 */
	private Watcher watcher = Watcher.THREADED;

	/**
	 * What an event loop belongs to. Ignored if a ContextStrategy or an EventLoopPolicy
	 * bean is defined.
	 */
	private Context context = Context.THREAD;

	/**
	 * Whether callbacks of the main event loop run with the MDC, trace and other context
	 * of the code that scheduled them. Needs io.micrometer:context-propagation.
	 */
	private boolean contextPropagation = true;

	/**
	 * Whether the main event loop refuses calls from the wrong thread, logs slow
	 * callbacks and keeps more details for its log.
	 */
	private boolean debug;

	/**
	 * Time from which on a callback of the main event loop is slow. Slow callbacks are
	 * counted, and logged in debug mode.
	 */
	private Duration slowCallbackDuration = Duration.ofMillis(100);

	/**
	 * When to reap orphans, which are processes whose parent has ended.
	 */
	private ReapOrphans reapOrphans = ReapOrphans.OFF;

	/**
	 * What event loops wait on. Ignored if an EventLoopPolicy bean is defined.
	 */
	private Selector selector = Selector.AUTO;

	private final Metrics metrics = new Metrics();

	private final Shutdown shutdown = new Shutdown();

	public Policy getPolicy() {
		return this.policy;
	}

	public void setPolicy(Policy policy) {
		this.policy = policy;
	}

	public Watcher getWatcher() {
		return this.watcher;
	}

	public void setWatcher(Watcher watcher) {
		this.watcher = watcher;
	}

	public Context getContext() {
		return this.context;
	}

	public void setContext(Context context) {
		this.context = context;
	}

	public boolean isContextPropagation() {
		return this.contextPropagation;
	}

	public void setContextPropagation(boolean contextPropagation) {
		this.contextPropagation = contextPropagation;
	}

	public boolean isDebug() {
		return this.debug;
	}

	public void setDebug(boolean debug) {
		this.debug = debug;
	}

	public Duration getSlowCallbackDuration() {
		return this.slowCallbackDuration;
	}

	public void setSlowCallbackDuration(Duration slowCallbackDuration) {
		this.slowCallbackDuration = slowCallbackDuration;
	}

	public ReapOrphans getReapOrphans() {
		return this.reapOrphans;
	}

	public void setReapOrphans(ReapOrphans reapOrphans) {
		this.reapOrphans = reapOrphans;
	}

	public Selector getSelector() {
		return this.selector;
	}

	public void setSelector(Selector selector) {
		this.selector = selector;
	}

	public Metrics getMetrics() {
		return this.metrics;
	}

	public Shutdown getShutdown() {
		return this.shutdown;
	}

	/**
	 * Event loop policies.
	 */
	public enum Policy {

		/**
		 * Event loops of the kind that is best for the system.
		 */
		DEFAULT,

		/**
		 * Event loops over a selector, which need a child watcher to run subprocesses.
		 */
		SELECTOR,

		/**
		 * Event loops that run subprocesses through java.lang.Process, without a child
		 * watcher and without native code. Works everywhere, at some threads per child.
		 */
		PROACTOR

	}

	/**
	 * What an event loop belongs to.
	 */
	public enum Context {

		/**
		 * A thread.
		 */
		THREAD,

		/**
		 * A thread, and those that it creates, which begin with its event loop.
		 */
		INHERITABLE,

		/**
		 * The whole process.
		 */
		PROCESS

	}

	/**
	 * Child watchers.
	 */
	public enum Watcher {

		/**
		 * Process file descriptors where the system has them, else a thread for each
		 * child process. The log and the 'eventloop' endpoint tell the choice and its
		 * reason.
		 */
		AUTO,

		/**
		 * A thread for each child process. Works everywhere.
		 */
		THREADED,

		/**
		 * A process file descriptor for each child process, and no threads. Needs Linux
		 * 5.3 or later.
		 */
		PIDFD,

		/**
		 * The signal SIGCHLD, for event loops in any thread, and no threads but a short
		 * one per signal. Takes the signal from other code.
		 */
		MULTI_LOOP,

		/**
		 * The signal SIGCHLD, handled on the main event loop, and no threads but a short
		 * one per signal. Takes the signal from other code. Child processes can only be
		 * started while the main event loop runs.
		 */
		SAFE,

		/**
		 * The signal SIGCHLD, handled on the main event loop by reaping every child
		 * process of this JVM, also those of ProcessBuilder, which lose their exit
		 * status. Child processes can only be started while the main event loop runs.
		 */
		FAST

	}

	/**
	 * When to reap orphans.
	 */
	public enum ReapOrphans {

		/**
		 * Never. They are left to process 1.
		 */
		OFF,

		/**
		 * If this is process 1, as in a container without an init, which gets all of
		 * them.
		 */
		PID1,

		/**
		 * Always, and the kernel is asked to hand those among the descendants of this
		 * process over to it.
		 */
		SUBREAPER

	}

	/**
	 * What event loops wait on.
	 */
	public enum Selector {

		/**
		 * The system's epoll where it has one, else poll. The log and the 'eventloop'
		 * endpoint tell the choice and its reason.
		 */
		AUTO,

		/**
		 * The system call epoll. Its cost depends on the descriptors that are ready.
		 * Needs Linux.
		 */
		EPOLL,

		/**
		 * The system call poll. Its cost depends on the descriptors that are waited for.
		 */
		POLL,

		/**
		 * Java's own selector, which needs no native code. Waits for channels, and has
		 * neither raw descriptors nor subprocesses.
		 */
		NIO

	}

	/**
	 * What is measured.
	 */
	public static class Metrics {

		/**
		 * Number of contexts whose event loops are counted under a name of their own. All
		 * others are counted as 'other'.
		 */
		private int maxContexts = 100;

		public int getMaxContexts() {
			return this.maxContexts;
		}

		public void setMaxContexts(int maxContexts) {
			this.maxContexts = maxContexts;
		}

	}

	/**
	 * What happens when the application context stops.
	 */
	public static class Shutdown {

		/**
		 * Time within which child processes have to end and event loops to stop. Child
		 * processes that are left are killed.
		 */
		private Duration gracePeriod = Duration.ofSeconds(10);

		public Duration getGracePeriod() {
			return this.gracePeriod;
		}

		public void setGracePeriod(Duration gracePeriod) {
			this.gracePeriod = gracePeriod;
		}

	}

}
