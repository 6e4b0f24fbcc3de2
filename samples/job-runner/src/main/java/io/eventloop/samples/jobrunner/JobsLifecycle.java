package io.eventloop.samples.jobrunner;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.eventloop.samples.jobrunner.Job.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Joins the cluster after the web server is up, and leaves it before that stops: takes no
 * more jobs, lets those that run finish for a while, and gives back the others.
 */
@Component
class JobsLifecycle implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(JobsLifecycle.class);

	private static final Duration GIVING_BACK = Duration.ofSeconds(6);

	private final ApplicationContext context;

	private final JobScheduler scheduler;

	private final Cluster cluster;

	private final Admission admission;

	private final JobRunner runner;

	private final Receptions receptions;

	private final JobService service;

	private final JobQueries queries;

	private final Recovery recovery;

	private final Housekeeping housekeeping;

	private final @Nullable URI address;

	private final Duration drain;

	private final boolean alone;

	private volatile boolean running;

	JobsLifecycle(ApplicationContext context, JobScheduler scheduler, Cluster cluster, Admission admission,
			JobRunner runner, Receptions receptions, JobService service, JobQueries queries, Recovery recovery,
			Housekeeping housekeeping, JobsProperties properties, ObjectProvider<EmbeddedDatabase> embedded) {
		this.context = context;
		this.scheduler = scheduler;
		this.cluster = cluster;
		this.admission = admission;
		this.runner = runner;
		this.receptions = receptions;
		this.service = service;
		this.queries = queries;
		this.recovery = recovery;
		this.housekeeping = housekeeping;
		this.address = properties.address();
		this.drain = properties.drain();
		this.alone = embedded.getIfAvailable() != null;
	}

	@Override
	public void start() {
		if (this.alone) {
			this.recovery.recover();
		}
		this.cluster.join((this.address != null) ? this.address.toString() : localAddress());
		this.scheduler.start();
		this.housekeeping.start();
		this.admission.open(true);
		this.running = true;
	}

	private String localAddress() {
		int port = (this.context instanceof WebServerApplicationContext web && web.getWebServer() != null)
				? web.getWebServer().getPort() : 0;
		return "http://127.0.0.1:" + port;
	}

	/**
	 * Take no more jobs, and give back those that do not finish within the grace. Waits
	 * for that.
	 */
	void drain() {
		this.admission.open(false);
		this.cluster.drain();
		this.scheduler.pause();
		await(this.drain);
		Outcome givenBack = new Outcome(State.QUEUED, null, "The service was shut down");
		List.copyOf(this.runner.active())
			.forEach((process) -> this.runner.end(process.attempt().job().id(), givenBack));
		if (!await(GIVING_BACK)) {
			logger.warn("{} jobs could not be given back; they are taken over when their leases have ended",
					this.runner.running());
		}
	}

	private boolean await(Duration limit) {
		long end = System.nanoTime() + limit.toNanos();
		while (this.runner.running() > 0 && System.nanoTime() < end) {
			try {
				Thread.sleep(20);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}
		return this.runner.running() == 0;
	}

	@Override
	public void stop() {
		this.running = false;
		drain();
		try {
			List.copyOf(this.receptions.all())
				.forEach((reception) -> this.queries.find(reception.id())
					.ifPresent((job) -> this.service.cancel(job, "The service was shut down")));
		}
		catch (DataAccessException ex) {
			logger.warn("Jobs whose body was being received could not be cancelled", ex);
		}
		this.scheduler.stop();
		this.housekeeping.stop();
		try {
			this.cluster.leave();
		}
		catch (DataAccessException ex) {
			logger.debug("The others will see it", ex);
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
