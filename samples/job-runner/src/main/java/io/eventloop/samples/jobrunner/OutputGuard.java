package io.eventloop.samples.jobrunner;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.eventloop.EventLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Ends jobs that write too much: more than one may, or more than the disk can hold. As
 * children write into their files themselves, it looks at the files' sizes ten times a
 * second; what a child writes in between comes on top. Belongs to the loop's thread.
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
				logger.warn("The outputs of jobs could not be looked at", failure);
			}
			this.beating = false;
			beat();
		});
	}

	/**
	 * On a full disk it is the turn of the job that has written most.
	 */
	private Map<JobProcess, String> objections(List<JobProcess> processes) {
		Map<JobProcess, String> objections = new HashMap<>();
		for (JobProcess process : processes) {
			if (isTooMuch(process.job())) {
				objections.put(process, reason());
			}
		}
		if (objections.isEmpty() && this.space.isShort()) {
			processes.stream()
				.max(Comparator.comparing((process) -> process.job().files().written()))
				.filter((process) -> process.job().files().written() > 0)
				.ifPresent((process) -> objections.put(process, this.space.reason()));
		}
		return objections;
	}

	/**
	 * Return what is wrong with the output of a job that has ended by itself.
	 * @param job the job
	 * @param succeeded whether it said that all was well
	 * @return a sentence, or {@code null}
	 */
	@Nullable String objection(Job job, boolean succeeded) {
		if (isTooMuch(job)) {
			return reason();
		}
		return (!succeeded && this.space.isShort()) ? this.space.reason() : null;
	}

	private boolean isTooMuch(Job job) {
		return job.files().written() > this.limit.toBytes();
	}

	private String reason() {
		return "The output is larger than %d bytes, the most that is kept here (jobs.max-output-size)"
			.formatted(this.limit.toBytes());
	}

}
