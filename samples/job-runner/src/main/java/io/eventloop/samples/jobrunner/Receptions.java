package io.eventloop.samples.jobrunner;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;

/**
 * The bodies that this instance receives.
 */
@Component
class Receptions {

	private final Map<Long, Reception> receptions = new ConcurrentHashMap<>();

	void add(Reception reception) {
		this.receptions.put(reception.id(), reception);
	}

	Optional<Reception> remove(long id) {
		return Optional.ofNullable(this.receptions.remove(id));
	}

	Collection<Reception> all() {
		return this.receptions.values();
	}

	boolean contains(long id) {
		return this.receptions.containsKey(id);
	}

	/**
	 * Return how much was received of a job's input.
	 * @param job the job
	 * @return bytes
	 */
	long bytesIn(Job job) {
		Reception reception = this.receptions.get(job.id());
		return (reception != null) ? reception.bytesIn() : job.input().size();
	}

}
