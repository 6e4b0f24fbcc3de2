package io.eventloop.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.eventloop.ChildExit;
import io.eventloop.ChildListener;
import io.eventloop.ChildListeners;
import io.eventloop.ChildWatcher;
import io.eventloop.ResourceUsage;
import org.jspecify.annotations.Nullable;

/**
 * Counts the children of one watcher, or of all loops of this process that need no
 * watcher, from {@link #observe} until {@link #close()}. May be used from any thread;
 * needs no Micrometer.
 *
 * @since 0.1.0
 */
public final class ChildCounts implements ChildListener, AutoCloseable {

	private static final double NANOS_PER_SECOND = 1e9;

	private final @Nullable ChildWatcher watcher;

	private final LongAdder spawned = new LongAdder();

	private final Map<ChildOutcome, LongAdder> reaped = new ConcurrentHashMap<>();

	private final LongAdder userNanos = new LongAdder();

	private final LongAdder systemNanos = new LongAdder();

	private ChildCounts(@Nullable ChildWatcher watcher) {
		this.watcher = watcher;
	}

	/**
	 * Start counting the children of a watcher.
	 * @param watcher the watcher, or {@code null} for the children of loops that need
	 * none
	 * @return the counts, to be closed
	 */
	public static ChildCounts observe(@Nullable ChildWatcher watcher) {
		ChildCounts counts = new ChildCounts(watcher);
		ChildListeners.add(counts);
		return counts;
	}

	@Override
	public void childSpawned(@Nullable ChildWatcher watcher, long pid, String name, Duration spawnTime) {
		if (concerns(watcher)) {
			this.spawned.increment();
		}
	}

	@Override
	public void childReaped(@Nullable ChildWatcher watcher, ChildExit exit, String name, Duration lifetime) {
		if (!concerns(watcher)) {
			return;
		}
		reapedAs(ChildOutcome.of(exit.status())).increment();
		ResourceUsage usage = exit.usage();
		if (usage != null) {
			this.userNanos.add(usage.userTime().toNanos());
			this.systemNanos.add(usage.systemTime().toNanos());
		}
	}

	/**
	 * Return whether children of the watcher are counted here.
	 * @param watcher the watcher, or {@code null} for none
	 * @return whether they are
	 */
	public boolean concerns(@Nullable ChildWatcher watcher) {
		return this.watcher == watcher;
	}

	/**
	 * Return the watcher whose children are counted.
	 * @return the watcher, or {@code null} if there is none
	 */
	public @Nullable ChildWatcher watcher() {
		return this.watcher;
	}

	/**
	 * Return the watcher's name.
	 * @return the name, {@code none} if there is no watcher
	 */
	public String watcherName() {
		return (this.watcher != null) ? this.watcher.name() : "none";
	}

	/**
	 * Return how many children were started.
	 * @return the number since counting started
	 */
	public long spawned() {
		return this.spawned.sum();
	}

	/**
	 * Return how many children have exited with an outcome.
	 * @param outcome the outcome
	 * @return the number since counting started
	 */
	public long reaped(ChildOutcome outcome) {
		return reapedAs(outcome).sum();
	}

	/**
	 * Return how many children were started and have not exited.
	 * @return the number now
	 */
	public long active() {
		// Exited children first, or a child that exits meanwhile would be missing
		long ended = this.reaped.values().stream().mapToLong(LongAdder::sum).sum();
		return Math.max(0, this.spawned.sum() - ended);
	}

	/**
	 * Return the processor time in user mode of the children that have exited.
	 * @return seconds
	 */
	public double userSeconds() {
		return this.userNanos.sum() / NANOS_PER_SECOND;
	}

	/**
	 * Return the processor time in the kernel of the children that have exited.
	 * @return seconds
	 */
	public double systemSeconds() {
		return this.systemNanos.sum() / NANOS_PER_SECOND;
	}

	/**
	 * Stop counting. The counts can still be read. A second call does nothing.
	 */
	@Override
	public void close() {
		ChildListeners.remove(this);
	}

	private LongAdder reapedAs(ChildOutcome outcome) {
		return this.reaped.computeIfAbsent(outcome, (key) -> new LongAdder());
	}

}
