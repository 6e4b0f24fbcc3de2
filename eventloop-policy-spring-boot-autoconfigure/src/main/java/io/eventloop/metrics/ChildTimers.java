package io.eventloop.metrics;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.eventloop.ChildExit;
import io.eventloop.ChildListener;
import io.eventloop.ChildWatcher;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Timers of the children that {@link ChildCounts} counts, by the names of the children.
 */
final class ChildTimers implements ChildListener {

	private final ChildCounts children;

	private final BoundedNames names;

	private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	ChildTimers(ChildCounts children, BoundedNames names) {
		this.children = children;
		this.names = names;
	}

	void bindTo(MeterRegistry registry) {
		this.registries.add(registry);
	}

	@Override
	public void childSpawned(@Nullable ChildWatcher watcher, long pid, String name, Duration spawnTime) {
		record(watcher, EventLoopMeters.CHILDREN_SPAWN, name, spawnTime);
	}

	@Override
	public void childReaped(@Nullable ChildWatcher watcher, ChildExit exit, String name, Duration lifetime) {
		record(watcher, EventLoopMeters.CHILDREN_DURATION, name, lifetime);
	}

	private void record(@Nullable ChildWatcher watcher, EventLoopMeters meter, String name, Duration time) {
		if (this.children.concerns(watcher)) {
			Tags tags = Tags.of(EventLoopMeters.Tag.NAME.asString(), this.names.of(name));
			this.registries.forEach((registry) -> timer(registry, meter, tags).record(time));
		}
	}

	static Timer timer(MeterRegistry registry, EventLoopMeters meter, Tags tags) {
		return Timer.builder(meter.getName()).description(meter.getDescription()).tags(tags).register(registry);
	}

}
