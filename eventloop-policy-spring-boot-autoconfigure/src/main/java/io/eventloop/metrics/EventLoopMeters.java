package io.eventloop.metrics;

import java.util.Locale;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/**
 * The meters of event loops and their children. {@link EventLoopMetrics} registers them.
 * <p>
 * A base unit of what is counted is the end of the meter's name: Prometheus appends any
 * other to it, and {@code eventloop_children_reaped_total} is what people look for. Only
 * {@code created} is no end for a name there: OpenMetrics has reserved it.
 *
 * @since 0.1.0
 */
public enum EventLoopMeters implements MeterDocumentation {

	/**
	 * Event loops that are the loop of a context.
	 */
	LOOPS("eventloop.loops", Meter.Type.GAUGE, "loops", "Event loops that are the loop of a context", Tag.CONTEXT,
			Tag.POLICY),

	/**
	 * Event loops that the policy has made.
	 */
	LOOPS_CREATED("eventloop.loops.created", Meter.Type.COUNTER, "loops", "Event loops that the policy has made"),

	/**
	 * Event loops that the policy has made and that are closed.
	 */
	LOOPS_CLOSED("eventloop.loops.closed", Meter.Type.COUNTER, "loops_closed",
			"Event loops that the policy has made and that are closed"),

	/**
	 * Callbacks that the loops have run.
	 */
	CALLBACKS("eventloop.callbacks", Meter.Type.COUNTER, "callbacks",
			"Callbacks that the loops have run, timers included"),

	/**
	 * Callbacks that are ready and not yet run.
	 */
	CALLBACKS_PENDING("eventloop.callbacks.pending", Meter.Type.GAUGE, "callbacks_pending",
			"Callbacks that are ready and not yet run"),

	/**
	 * Callbacks that took too long.
	 */
	CALLBACKS_SLOW("eventloop.callbacks.slow", Meter.Type.COUNTER, "callbacks_slow",
			"Callbacks that took the slow callback duration or longer; outside of debug mode, batches of them that did"),

	/**
	 * How late the main loop runs a timer.
	 */
	LAG("eventloop.lag", Meter.Type.TIMER, "seconds", "How late the main loop runs a timer that is due once a second"),

	/**
	 * Children that run.
	 */
	CHILDREN_ACTIVE("eventloop.children.active", Meter.Type.GAUGE, "children_active",
			"Child processes that were started and have not ended", Tag.WATCHER),

	/**
	 * Children that were started.
	 */
	CHILDREN_SPAWNED("eventloop.children.spawned", Meter.Type.COUNTER, "children_spawned",
			"Child processes that were started", Tag.WATCHER),

	/**
	 * Children that have ended.
	 */
	CHILDREN_REAPED("eventloop.children.reaped", Meter.Type.COUNTER, "children_reaped",
			"Child processes that have ended: exited with code 0, failed with another, signaled, or lost", Tag.WATCHER,
			Tag.OUTCOME),

	/**
	 * How long children lived.
	 */
	CHILDREN_DURATION("eventloop.children.duration", Meter.Type.TIMER, "seconds",
			"Time from the start of a child process to the report of its end"),

	/**
	 * How long starting children took.
	 */
	CHILDREN_SPAWN("eventloop.children.spawn", Meter.Type.TIMER, "seconds", "Time that starting a child process took"),

	/**
	 * Processor time of children that have ended.
	 */
	CHILDREN_CPU("eventloop.children.cpu", Meter.Type.COUNTER, "seconds",
			"Processor time of the child processes that have ended", Tag.MODE),

	/**
	 * Orphans that were reaped.
	 */
	ORPHANS_REAPED("eventloop.orphans.reaped", Meter.Type.COUNTER, "orphans_reaped",
			"Orphans that were reaped: processes whose parent ended before them, and that nobody waited for");

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
	 * Return what the meter says.
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
		 * The context that a loop belongs to: its thread's name, unless the policy has
		 * another notion; {@code other} for those beyond
		 * {@code eventloop.metrics.max-contexts}.
		 */
		CONTEXT,

		/**
		 * The policy's simple class name.
		 */
		POLICY,

		/**
		 * The child watcher, as {@code eventloop.watcher} spells it.
		 */
		WATCHER,

		/**
		 * How a child ended: {@code exited}, {@code failed}, {@code signaled} or
		 * {@code lost}.
		 */
		OUTCOME,

		/**
		 * Where processor time went: {@code user} or {@code system}.
		 */
		MODE;

		@Override
		public String asString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
