package io.eventloop.metrics;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.eventloop.ResourceUsage;
import io.eventloop.client.ConcurrencyLimit;
import io.eventloop.client.RunReport;
import io.eventloop.client.RunRequest;
import io.eventloop.client.SubprocessObserver;
import io.eventloop.metrics.EventLoopMeters.Tag;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Registers the meters of commands that no observation gives: how much went in and came
 * out, what their programs used, how long they waited, and their limits. How long they
 * took is the timer of {@link SubprocessObservations}. May be used from any thread.
 *
 * @since 0.1.0
 */
public final class SubprocessMetrics implements SubprocessObserver, MeterBinder {

	private static final double NANOS_PER_SECOND = 1e9;

	private final BoundedNames commands;

	private final LimitMeters limits;

	private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	/**
	 * Create the binder.
	 * @param commands the names of commands as values of a tag
	 * @param limits limits whose meters are there before a command asks for a place; one
	 * without a name has none
	 */
	public SubprocessMetrics(BoundedNames commands, Collection<ConcurrencyLimit> limits) {
		this.commands = commands;
		this.limits = new LimitMeters(commands);
		limits.forEach(this.limits::add);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registries.add(registry);
		this.limits.bindTo(registry);
	}

	@Override
	public Run begin(RunRequest request) {
		request.limits().forEach(this.limits::add);
		String command = this.commands.of(request.command());
		boolean limited = !request.limits().isEmpty();
		return (report) -> this.registries.forEach((registry) -> record(registry, command, limited, report));
	}

	private static void record(MeterRegistry registry, String command, boolean limited, RunReport report) {
		report.inputBytes()
			.ifPresent((bytes) -> summary(registry, EventLoopMeters.SUBPROCESS_INPUT, command).record((double) bytes));
		report.outputBytes()
			.ifPresent((bytes) -> summary(registry, EventLoopMeters.SUBPROCESS_OUTPUT, command).record((double) bytes));
		if (limited) {
			Timer.builder(EventLoopMeters.SUBPROCESS_WAIT.getName())
				.description(EventLoopMeters.SUBPROCESS_WAIT.getDescription())
				.tag(Tag.COMMAND.asString(), command)
				.register(registry)
				.record(report.waited());
		}
		ResourceUsage usage = report.usage();
		if (usage != null) {
			cpu(registry, command, "user").increment(usage.userTime().toNanos() / NANOS_PER_SECOND);
			cpu(registry, command, "system").increment(usage.systemTime().toNanos() / NANOS_PER_SECOND);
			usage.maxResidentBytes()
				.ifPresent((bytes) -> summary(registry, EventLoopMeters.SUBPROCESS_MEMORY, command)
					.record((double) bytes));
		}
	}

	private static DistributionSummary summary(MeterRegistry registry, EventLoopMeters meter, String command) {
		return DistributionSummary.builder(meter.getName())
			.description(meter.getDescription())
			.baseUnit(meter.getBaseUnit())
			.tag(Tag.COMMAND.asString(), command)
			.register(registry);
	}

	private static Counter cpu(MeterRegistry registry, String command, String mode) {
		return Counter.builder(EventLoopMeters.SUBPROCESS_CPU.getName())
			.description(EventLoopMeters.SUBPROCESS_CPU.getDescription())
			.baseUnit(EventLoopMeters.SUBPROCESS_CPU.getBaseUnit())
			.tag(Tag.COMMAND.asString(), command)
			.tag(Tag.MODE.asString(), mode)
			.register(registry);
	}

	@Override
	public String toString() {
		return "SubprocessMetrics";
	}

}
