package io.eventloop.autoconfigure;

import java.time.Duration;

import io.eventloop.containment.ContainmentMechanism;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

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
	 * Child watcher that detects the exit of child processes. Ignored if a ChildWatcher
	 * bean is defined.
	 */
	private Watcher watcher = Watcher.THREADED;

	/**
	 * Context that an event loop belongs to. Ignored if a ContextStrategy or an
	 * EventLoopPolicy bean is defined.
	 */
	private Context context = Context.THREAD;

	/**
	 * Whether callbacks of the main event loop run with the MDC, trace and other context
	 * of the code that scheduled them. Requires io.micrometer:context-propagation.
	 */
	private boolean contextPropagation = true;

	/**
	 * Whether the main event loop rejects calls from the wrong thread, logs slow
	 * callbacks and records where handles were created.
	 */
	private boolean debug;

	/**
	 * Duration from which a callback of the main event loop counts as slow. Slow
	 * callbacks are counted, and logged in debug mode.
	 */
	private Duration slowCallbackDuration = Duration.ofMillis(100);

	/**
	 * Time without a response after which the main event loop counts as hanging: it is
	 * logged, health is down and the liveness state is broken. Zero disables the check.
	 */
	private Duration maxLag = Duration.ofSeconds(10);

	/**
	 * What belongs to a child and is ended with it. Ignored if a ChildContainment bean is
	 * defined.
	 */
	private ContainmentMechanism containment = ContainmentMechanism.AUTO;

	/**
	 * Whether children, with all that belongs to them, end if this JVM is killed or
	 * crashes: a small guardian process outlives it for that. Ignored if a
	 * ChildContainment bean is defined.
	 */
	private boolean killOnExit = true;

	/**
	 * When to reap orphans, which are processes whose parent has exited.
	 */
	private ReapOrphans reapOrphans = ReapOrphans.OFF;

	/**
	 * Selector that event loops wait on. Ignored if an EventLoopPolicy bean is defined.
	 */
	private Selector selector = Selector.AUTO;

	@NestedConfigurationProperty
	private final ChildrenProperties children = new ChildrenProperties();

	@NestedConfigurationProperty
	private final SubprocessProperties subprocess = new SubprocessProperties();

	@NestedConfigurationProperty
	private final MetricsProperties metrics = new MetricsProperties();

	@NestedConfigurationProperty
	private final NettyProperties netty = new NettyProperties();

	@NestedConfigurationProperty
	private final ObservationsProperties observations = new ObservationsProperties();

	@NestedConfigurationProperty
	private final ShutdownProperties shutdown = new ShutdownProperties();

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

	public Duration getMaxLag() {
		return this.maxLag;
	}

	public void setMaxLag(Duration maxLag) {
		this.maxLag = maxLag;
	}

	public ContainmentMechanism getContainment() {
		return this.containment;
	}

	public void setContainment(ContainmentMechanism containment) {
		this.containment = containment;
	}

	public boolean isKillOnExit() {
		return this.killOnExit;
	}

	public void setKillOnExit(boolean killOnExit) {
		this.killOnExit = killOnExit;
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

	public ChildrenProperties getChildren() {
		return this.children;
	}

	public SubprocessProperties getSubprocess() {
		return this.subprocess;
	}

	public MetricsProperties getMetrics() {
		return this.metrics;
	}

	public NettyProperties getNetty() {
		return this.netty;
	}

	public ObservationsProperties getObservations() {
		return this.observations;
	}

	public ShutdownProperties getShutdown() {
		return this.shutdown;
	}

	/**
	 * Event loop policies.
	 */
	public enum Policy {

		/**
		 * The best kind of event loop for the system.
		 */
		DEFAULT,

		/**
		 * Selector event loops, which need a child watcher to run subprocesses.
		 */
		SELECTOR,

		/**
		 * Event loops that run subprocesses through java.lang.Process, without a child
		 * watcher and without native code. Works everywhere; uses several threads per
		 * child.
		 */
		PROACTOR,

		/**
		 * Event loops over Netty's, which a server or client may run already. Children
		 * are watched by Netty's own handlers. Requires io.netty:netty-transport.
		 */
		NETTY

	}

	/**
	 * Contexts that an event loop can belong to.
	 */
	public enum Context {

		/**
		 * A thread.
		 */
		THREAD,

		/**
		 * A thread, and the threads that it creates, which start with its event loop.
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
		 * An io_uring for each event loop if it works and Linux is 6.18 or later,
		 * otherwise process file descriptors if the system supports them, otherwise a
		 * thread for each child process. The log and the 'eventloop' endpoint show the
		 * choice and its reason.
		 */
		AUTO,

		/**
		 * A thread for each child process. Works everywhere.
		 */
		THREADED,

		/**
		 * A process file descriptor for each child process, and no threads. Requires
		 * Linux 5.3 or later.
		 */
		PIDFD,

		/**
		 * An io_uring for each event loop, and neither descriptors nor threads for child
		 * processes. For thousands of them at a time. Requires Linux 6.7 or later, and
		 * that io_uring is allowed.
		 */
		IO_URING,

		/**
		 * The signal SIGCHLD, for event loops in any thread, without threads except a
		 * short-lived one per signal. Replaces the process's handler of the signal.
		 */
		MULTI_LOOP,

		/**
		 * The signal SIGCHLD, handled on the main event loop, without threads except a
		 * short-lived one per signal. Replaces the process's handler of the signal. Child
		 * processes can only be started while the main event loop runs.
		 */
		SAFE,

		/**
		 * The signal SIGCHLD, handled on the main event loop by reaping every child
		 * process of this JVM, including those of ProcessBuilder, which may lose their
		 * exit status. Child processes can only be started while the main event loop
		 * runs.
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
		 * If this is process 1, as in a container without an init. Process 1 inherits all
		 * orphans.
		 */
		PID1,

		/**
		 * Always. The kernel is asked to give this process the orphans among its
		 * descendants.
		 */
		SUBREAPER

	}

	/**
	 * Selectors.
	 */
	public enum Selector {

		/**
		 * The system call epoll if the system has it, otherwise poll. The log and the
		 * 'eventloop' endpoint show the choice and its reason.
		 */
		AUTO,

		/**
		 * The system call epoll. Its cost depends on the number of ready descriptors.
		 * Requires Linux.
		 */
		EPOLL,

		/**
		 * The system call poll. Its cost depends on the number of registered descriptors.
		 */
		POLL,

		/**
		 * The selector of Java NIO, which needs no native code. Waits for channels;
		 * supports neither raw descriptors nor subprocesses.
		 */
		NIO

	}

}
