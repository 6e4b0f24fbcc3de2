package io.eventloop.samples.jobrunner;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows the instances and the queue, and pauses commands.
 */
@RestController
class InstancesController {

	private final Cluster cluster;

	private final JobQueries queries;

	private final JobQueue queue;

	private final Catalogue catalogue;

	InstancesController(Cluster cluster, JobQueries queries, JobQueue queue, Catalogue catalogue) {
		this.cluster = cluster;
		this.queries = queries;
		this.queue = queue;
		this.catalogue = catalogue;
	}

	@GetMapping("/instances")
	Overview instances() {
		Instant now = Instant.now();
		List<Waiting> waiting = this.queries.queue()
			.stream()
			.map((state) -> new Waiting(state.command(), state.length(),
					Math.max(0, Duration.between(state.oldest(), now).toMillis())))
			.toList();
		return new Overview(this.cluster.name(), this.cluster.instances(), waiting, this.queue.paused(),
				this.queries.throughput());
	}

	@PostMapping("/commands/{name}/pause")
	ResponseEntity<Void> pause(@PathVariable String name) {
		this.queue.pause(this.catalogue.get(name), true);
		return ResponseEntity.noContent().build();
	}

	@PostMapping("/commands/{name}/resume")
	ResponseEntity<Void> resume(@PathVariable String name) {
		this.queue.pause(this.catalogue.get(name), false);
		return ResponseEntity.noContent().build();
	}

	/**
	 * The cluster as one instance sees it.
	 *
	 * @param self the instance that answers
	 * @param instances all instances
	 * @param queue the jobs that wait, by command
	 * @param paused the commands that are paused
	 * @param throughput finished jobs per second, over the last ten
	 */
	record Overview(String self, List<Instance> instances, List<Waiting> queue, Set<String> paused, double throughput) {
	}

	/**
	 * The jobs of a command that wait.
	 *
	 * @param command the command's name
	 * @param length how many
	 * @param oldestMillis the age of the oldest
	 */
	record Waiting(String command, long length, long oldestMillis) {
	}

}
