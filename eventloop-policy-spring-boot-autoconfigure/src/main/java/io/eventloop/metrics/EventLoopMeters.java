package io.eventloop.metrics;

import java.util.Locale;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/**
 * The meters of event loops and their children. {@link EventLoopMetrics} registers them.
 * <p>
 * The base unit of a count is the last part of the meter's name: Prometheus appends any
 * other unit, and users expect {@code eventloop_children_reaped_total}. The exception is
 * {@code created}, a suffix that OpenMetrics reserves.
 *
 * @since 0.1.0
 */
public enum EventLoopMeters implements MeterDocumentation {

	/**
	 * Event loops that are the current loop of a context.
	 */
	LOOPS("eventloop.loops", Meter.Type.GAUGE, "loops", "Event loops that are the current loop of a context",
			Tag.CONTEXT, Tag.POLICY),

	/**
	 * Event loops created by the policy.
	 */
	LOOPS_CREATED("eventloop.loops.created", Meter.Type.COUNTER, "loops", "Event loops created by the policy"),

	/**
	 * Event loops created by the policy and closed since.
	 */
	LOOPS_CLOSED("eventloop.loops.closed", Meter.Type.COUNTER, "loops_closed",
			"Event loops created by the policy and closed since"),

	/**
	 * Callbacks run by the loops.
	 */
	CALLBACKS("eventloop.callbacks", Meter.Type.COUNTER, "callbacks", "Callbacks run by the loops, timers included"),

	/**
	 * Callbacks that are ready and have not run yet.
	 */
	CALLBACKS_PENDING("eventloop.callbacks.pending", Meter.Type.GAUGE, "callbacks_pending",
			"Callbacks that are ready and have not run yet"),

	/**
	 * Slow callbacks.
	 */
	CALLBACKS_SLOW("eventloop.callbacks.slow", Meter.Type.COUNTER, "callbacks_slow",
			"Callbacks that ran for the slow callback duration or longer; outside debug mode, batches of callbacks that did"),

	/**
	 * Delay with which the main loop runs a timer.
	 */
	LAG("eventloop.lag", Meter.Type.TIMER, "seconds",
			"Delay with which the main loop runs a timer that is due once a second"),

	/**
	 * Running children.
	 */
	CHILDREN_ACTIVE("eventloop.children.active", Meter.Type.GAUGE, "children_active",
			"Child processes that were started and have not exited", Tag.WATCHER),

	/**
	 * Children that were started.
	 */
	CHILDREN_SPAWNED("eventloop.children.spawned", Meter.Type.COUNTER, "children_spawned",
			"Child processes that were started", Tag.WATCHER),

	/**
	 * Children that have exited, by outcome.
	 */
	CHILDREN_REAPED("eventloop.children.reaped", Meter.Type.COUNTER, "children_reaped",
			"Child processes that have exited, by outcome: exited with code 0, failed with another code, signaled, or lost",
			Tag.WATCHER, Tag.OUTCOME),

	/**
	 * Lifetime of children.
	 */
	CHILDREN_DURATION("eventloop.children.duration", Meter.Type.TIMER, "seconds",
			"Time from the start of a child process to the report of its exit", Tag.NAME),

	/**
	 * Time taken to start children.
	 */
	CHILDREN_SPAWN("eventloop.children.spawn", Meter.Type.TIMER, "seconds", "Time taken to start a child process",
			Tag.NAME),

	/**
	 * Processor time used by children that have exited.
	 */
	CHILDREN_CPU("eventloop.children.cpu", Meter.Type.COUNTER, "seconds",
			"Processor time used by child processes that have exited", Tag.MODE),

	/**
	 * Orphans that were reaped.
	 */
	ORPHANS_REAPED("eventloop.orphans.reaped", Meter.Type.COUNTER, "orphans_reaped",
			"Orphans that were reaped: processes whose parent exited first and that no code waited for"),

	/**
	 * Runs of commands.
	 */
	SUBPROCESS("eventloop.subprocess", Meter.Type.TIMER, "seconds",
			"Time that a command takes, from the call to its end; the timer of the observation", Tag.COMMAND,
			Tag.OUTCOME, Tag.ERROR),

	/**
	 * Commands under way.
	 */
	SUBPROCESS_ACTIVE("eventloop.subprocess.active", Meter.Type.LONG_TASK_TIMER, "seconds",
			"Commands that are under way, those that wait for a place included, and for how long", Tag.COMMAND),

	/**
	 * Bytes written to commands.
	 */
	SUBPROCESS_INPUT("eventloop.subprocess.input", Meter.Type.DISTRIBUTION_SUMMARY, "bytes",
			"How much this process wrote to a command, where it wrote to it", Tag.COMMAND),

	/**
	 * Bytes read from commands.
	 */
	SUBPROCESS_OUTPUT("eventloop.subprocess.output", Meter.Type.DISTRIBUTION_SUMMARY, "bytes",
			"How much this process read from a command, standard error included", Tag.COMMAND),

	/**
	 * Time in queues.
	 */
	SUBPROCESS_WAIT("eventloop.subprocess.wait", Meter.Type.TIMER, "seconds",
			"Time that a command with a limit waits for a free place", Tag.COMMAND),

	/**
	 * Processor time of commands.
	 */
	SUBPROCESS_CPU("eventloop.subprocess.cpu", Meter.Type.COUNTER, "seconds",
			"Processor time that the programs of a command used", Tag.COMMAND, Tag.MODE),

	/**
	 * Memory of commands.
	 */
	SUBPROCESS_MEMORY("eventloop.subprocess.memory", Meter.Type.DISTRIBUTION_SUMMARY, "bytes",
			"Peak of the memory of a command, where it is known: above the peak of this process", Tag.COMMAND),

	/**
	 * Places of limits.
	 */
	SUBPROCESS_LIMIT("eventloop.subprocess.limit", Meter.Type.GAUGE, "limit",
			"How many commands may run at a time within a limit that has a name", Tag.LIMIT),

	/**
	 * Commands that run within limits.
	 */
	SUBPROCESS_LIMIT_RUNNING("eventloop.subprocess.limit.running", Meter.Type.GAUGE, "limit_running",
			"Commands that run within a limit", Tag.LIMIT),

	/**
	 * Commands that wait for a place.
	 */
	SUBPROCESS_LIMIT_QUEUED("eventloop.subprocess.limit.queued", Meter.Type.GAUGE, "limit_queued",
			"Commands that wait for a place within a limit", Tag.LIMIT),

	/**
	 * Commands that found the queue full.
	 */
	SUBPROCESS_LIMIT_REJECTED("eventloop.subprocess.limit.rejected", Meter.Type.COUNTER, "limit_rejected",
			"Commands that were rejected, as the queue of a limit was full", Tag.LIMIT),

	/**
	 * State of services.
	 */
	SERVICES_STATE("eventloop.services.state", Meter.Type.GAUGE, "services_state",
			"1 for the state that a service is in, 0 for all others", Tag.SERVICE, Tag.STATE),

	/**
	 * Restarts of services.
	 */
	SERVICES_RESTARTS("eventloop.services.restarts", Meter.Type.COUNTER, "services_restarts",
			"Times that a child of a service was started after the first one", Tag.SERVICE),

	/**
	 * Uptime of services.
	 */
	SERVICES_UPTIME("eventloop.services.uptime", Meter.Type.GAUGE, "seconds",
			"Time since a service became ready, 0 while it is not", Tag.SERVICE),

	/**
	 * Time to readiness of services.
	 */
	SERVICES_READY("eventloop.services.ready", Meter.Type.TIMER, "seconds",
			"Time that a service takes to be ready, including the wait for what it depends on", Tag.SERVICE);

	private final String name;

	private final Meter.Type type;

	private final String baseUnit;

	private final String description;

	@SuppressWarnings("ImmutableEnumChecker") // only ever cloned
	private final Tag[] tags;

	EventLoopMeters(String name, Meter.Type type, String baseUnit, String description, Tag... tags) {
		this.name = name;
		this.type = type;
		this.baseUnit = baseUnit;
		this.description = description;
		this.tags = tags;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public Meter.Type getType() {
		return this.type;
	}

	@Override
	public @Nullable String getBaseUnit() {
		return this.baseUnit;
	}

	/**
	 * Return what the meter measures.
	 * @return the description
	 */
	public String getDescription() {
		return this.description;
	}

	@Override
	public KeyName[] getKeyNames() {
		return this.tags.clone();
	}

	/**
	 * The tags' names.
	 */
	public enum Tag implements KeyName {

		/**
		 * The context that a loop belongs to: its thread's name, unless the policy
		 * defines contexts differently; {@code other} for contexts beyond
		 * {@code eventloop.metrics.max-contexts}.
		 */
		CONTEXT,

		/**
		 * The policy's simple class name.
		 */
		POLICY,

		/**
		 * The child watcher, as in {@code eventloop.watcher}.
		 */
		WATCHER,

		/**
		 * How a child exited: {@code exited}, {@code failed}, {@code signaled} or
		 * {@code lost}. How a command ended: see {@link io.eventloop.client.RunOutcome}.
		 */
		OUTCOME,

		/**
		 * The command's name, which is its program's file name unless it was given
		 * another; {@code other} for names beyond {@code eventloop.metrics.max-programs}.
		 */
		COMMAND,

		/**
		 * The child's name, which is its program's file name unless it was given another;
		 * {@code other} for names beyond {@code eventloop.metrics.max-programs}.
		 */
		NAME,

		/**
		 * The simple class name of the exception that a command ended with, or
		 * {@code none}.
		 */
		ERROR,

		/**
		 * The name of a limit: that of the command in {@code eventloop.client.commands},
		 * {@code client} for the limit of all commands.
		 */
		LIMIT,

		/**
		 * Mode in which processor time was used: {@code user} or {@code system}.
		 */
		MODE,

		/**
		 * The name of a service in {@code eventloop.services}.
		 */
		SERVICE,

		/**
		 * State of a service: {@code starting}, {@code ready}, {@code failed},
		 * {@code backing-off} or {@code stopped}.
		 */
		STATE;

		@Override
		public String asString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
