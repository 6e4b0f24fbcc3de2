package io.eventloop.samples.jobrunner;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.eventloop.EventLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Kills jobs that write too much: more than a job may, or more than the disk can hold.
 * Children write directly to files, so the sizes of the files are checked ten times a
 * second; a job can exceed the limit by what it writes in between. Belongs to the loop's
 * thread.
 */
@Component
class OutputGuard {

	private static final Logger logger = LoggerFactory.getLogger(OutputGuard.class);

	private static final Duration INTERVAL = Duration.ofMillis(100);

	private final EventLoop loop;

	private final DiskSpace space;

	private final DataSize limit;

	private final Set<JobProcess> watched = new HashSet<>();

	private boolean beating;

	OutputGuard(EventLoop loop, DiskSpace space, JobsProperties properties) {
		this.loop = loop;
		this.space = space;
		this.limit = properties.maxOutputSize();
	}

	void watch(JobProcess process) {
		this.watched.add(process);
		beat();
	}

	void forget(JobProcess process) {
		this.watched.remove(process);
	}

	private void beat() {
		if (!this.beating && !this.watched.isEmpty()) {
			this.beating = true;
			this.loop.callLater(INTERVAL, this::look);
		}
	}

	private void look() {
		List<JobProcess> processes = List.copyOf(this.watched);
		this.loop.runInExecutor(null, () -> objections(processes)).whenComplete((objections, failure) -> {
			if (objections != null) {
				objections.forEach(JobProcess::fail);
			}
			else {
				logger.warn("The outputs of jobs could not be checked", failure);
			}
			this.beating = false;
			beat();
		});
	}

	/**
	 * Kill the job that has written most, on a full disk.
	 */
	private Map<JobProcess, String> objections(List<JobProcess> processes) {
		Map<JobProcess, String> objections = new HashMap<>();
		for (JobProcess process : processes) {
			if (isTooMuch(process.attempt())) {
				objections.put(process, reason());
			}
		}
		if (objections.isEmpty() && this.space.isShort()) {
			processes.stream()
				.max(Comparator.comparing((process) -> process.attempt().files().written()))
				.filter((process) -> process.attempt().files().written() > 0)
				.ifPresent((process) -> objections.put(process, this.space.reason()));
		}
		return objections;
	}

	/**
	 * Check the output of a job that has exited by itself.
	 * @param attempt its attempt
	 * @param succeeded whether it exited with code 0
	 * @return what is wrong with it, a sentence
	 */
	CompletableFuture<Optional<String>> objection(Attempt attempt, boolean succeeded) {
		return this.loop.runInExecutor(null, () -> {
			if (isTooMuch(attempt)) {
				return Optional.of(reason());
			}
			return (!succeeded && this.space.isShort()) ? Optional.of(this.space.reason()) : Optional.<String>empty();
		}).exceptionally((failure) -> {
			logger.warn("The output of job {} could not be checked", attempt.job().id(), failure);
			return Optional.empty();
		});
	}

	private boolean isTooMuch(Attempt attempt) {
		return attempt.files().written() > this.limit.toBytes();
	}

	private String reason() {
		return "The output is larger than the limit of %d bytes (jobs.max-output-size)".formatted(this.limit.toBytes());
	}

}
