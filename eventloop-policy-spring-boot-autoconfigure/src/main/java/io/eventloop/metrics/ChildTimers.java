package io.eventloop.metrics;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.eventloop.ChildExit;
import io.eventloop.ChildListener;
import io.eventloop.ChildWatcher;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Times the children that {@link ChildCounts} counts.
 */
final class ChildTimers implements ChildListener {

	private final ChildCounts children;

	private final List<Timers> timers = new CopyOnWriteArrayList<>();

	ChildTimers(ChildCounts children) {
		this.children = children;
	}

	void bindTo(MeterRegistry registry) {
		this.timers.add(new Timers(timer(registry, EventLoopMeters.CHILDREN_SPAWN),
				timer(registry, EventLoopMeters.CHILDREN_DURATION)));
	}

	@Override
	public void childSpawned(@Nullable ChildWatcher watcher, long pid, Duration spawnTime) {
		if (this.children.concerns(watcher)) {
			this.timers.forEach((timers) -> timers.spawn.record(spawnTime));
		}
	}

	@Override
	public void childReaped(@Nullable ChildWatcher watcher, ChildExit exit, Duration lifetime) {
		if (this.children.concerns(watcher)) {
			this.timers.forEach((timers) -> timers.duration.record(lifetime));
		}
	}

	static Timer timer(MeterRegistry registry, EventLoopMeters meter) {
		return Timer.builder(meter.getName()).description(meter.getDescription()).register(registry);
	}

	private record Timers(Timer spawn, Timer duration) {

	}

}
