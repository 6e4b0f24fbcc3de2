package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.eventloop.supervision.SupervisedProcess;
import io.eventloop.supervision.SupervisedProcesses;
import io.eventloop.supervision.SupervisionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Starts the services after the loops and before all that uses them: task executors and
 * the web server; and stops them in between, too.
 */
final class SupervisedProcessLifecycle implements SmartLifecycle {

	static final int PHASE = EventLoopLifecycle.PHASE + 1024;

	private static final Logger logger = LoggerFactory.getLogger(SupervisedProcessLifecycle.class);

	/**
	 * So that the child's own timeout, which has its last lines, comes first.
	 */
	private static final Duration RESERVE = Duration.ofSeconds(1);

	private final SupervisedProcesses processes;

	private final ConfiguredServices services;

	private volatile boolean running;

	SupervisedProcessLifecycle(SupervisedProcesses processes, ConfiguredServices services) {
		this.processes = processes;
		this.services = services;
	}

	@Override
	public void start() {
		if (this.running) {
			return;
		}
		this.running = true;
		this.processes.forEach(SupervisedProcess::start);
		try {
			this.services.names()
				.stream()
				.filter(this.services::isWaitedFor)
				.forEach((name) -> await(this.processes.get(name), this.services.timeout(name).plus(RESERVE)));
		}
		catch (RuntimeException ex) {
			stop();
			throw ex;
		}
	}

	private static void await(SupervisedProcess process, Duration limit) {
		try {
			process.whenReady().get(limit.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			throw new SupervisionException(process.name(), String.valueOf(cause.getMessage()), cause);
		}
		catch (TimeoutException ex) {
			throw new SupervisionException(process.name(), problem(process, limit), null);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SupervisionException(process.name(),
					"The thread that waited for %s was interrupted".formatted(process.name()), ex);
		}
	}

	private static String problem(SupervisedProcess process, Duration limit) {
		String problem = process.status().problem();
		return "%s is not ready after %d ms, so the application does not start%s; the last lines of its standard error:\n%s"
			.formatted(process.name(), limit.toMillis(), (problem != null) ? ": " + problem : "",
					String.join("\n", process.status().lastLines()));
	}

	@Override
	public void stop() {
		if (this.running) {
			this.running = false;
			this.processes.stopAll();
		}
	}

	@Override
	public void stop(Runnable callback) {
		if (!this.running) {
			callback.run();
			return;
		}
		this.running = false;
		this.processes.stopAll().whenComplete((done, failure) -> {
			if (failure != null) {
				logger.warn("Stopping the supervised processes failed", failure);
			}
			callback.run();
		});
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
