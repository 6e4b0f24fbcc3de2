package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

import io.eventloop.samples.jobrunner.Job.State;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients submit jobs while instances are killed and replaced, one is stopped for three
 * leases, the database is restarted, and the store refuses a tenth of its requests. For
 * long with
 * {@code -Dchaos.jobs=5000 -Dchaos.clients=50 -Dchaos.kill-seconds=10 -Dchaos.restarts=2}.
 */
@Timeout(3600)
class ChaosIT {

	private static final int JOBS = Integer.getInteger("chaos.jobs", 60);

	private static final int CLIENTS = Integer.getInteger("chaos.clients", 6);

	private static final int KILL_SECONDS = Integer.getInteger("chaos.kill-seconds", 8);

	private static final int RESTARTS = Integer.getInteger("chaos.restarts", 1);

	private static final Duration HEARTBEAT = Duration.ofMillis(500);

	private static final int INSTANCES = 3;

	/** In the command line of all that a job starts. */
	private final String tag = "0.3" + ProcessHandle.current().pid();

	@TempDir
	Path directory;

	@TempDir
	Path data;

	private EmbeddedPostgres postgres;

	private S3Server store;

	private RefusingProxy proxy;

	private final List<ServiceProcess> instances = new CopyOnWriteArrayList<>();

	private final Map<ServiceProcess, JobsClient> clients = new ConcurrentHashMap<>();

	private final Map<Long, String> expected = new ConcurrentHashMap<>();

	private int started;

	private volatile boolean over;

	@AfterEach
	void stop() throws IOException {
		this.over = true;
		this.instances.forEach(ServiceProcess::close);
		if (this.proxy != null) {
			this.proxy.close();
		}
		if (this.store != null) {
			this.store.close();
		}
		if (this.postgres != null) {
			this.postgres.close();
		}
	}

	@Test
	void everyJobHasExactlyOneResult() throws Exception {
		this.postgres = database(this.data, 0);
		this.store = S3Server.start(this.directory, "jobs");
		this.proxy = new RefusingProxy(this.store.endpoint(), 0.1);
		for (int i = 0; i < INSTANCES; i++) {
			add();
		}
		ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 2);
		try {
			List<Future<?>> submissions = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				int number = i;
				submissions.add(threads.submit(() -> submit(number)));
			}
			Future<?> faults = threads.submit(this::doHarm);
			for (Future<?> submission : submissions) {
				submission.get();
			}
			faults.get();
		}
		finally {
			this.over = true;
			threads.shutdownNow();
		}
		assertThat(this.expected).hasSize(JOBS / CLIENTS * CLIENTS);
		JobsClient client = this.clients.get(this.instances.get(0));
		this.expected.forEach((id, digest) -> {
			JobView job = await().pollDelay(Duration.ZERO)
				.atMost(Duration.ofSeconds(120))
				.until(() -> client.job(id), (ended) -> ended.state().isFinal());
			assertThat(job.state()).as("job %d: %s", id, job).isEqualTo(State.SUCCEEDED);
			assertThat(job.output()).isEqualTo(digest + "  -\n");
		});
		await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(alive()).isEmpty());
		assertThat(client.jobs()).allMatch((job) -> job.state().isFinal());
		assertThat(this.proxy.refused()).isPositive();
	}

	/**
	 * Start a database that keeps its files, so that it can be started again.
	 */
	static EmbeddedPostgres database(Path data, int port) throws IOException {
		return EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false).setPort(port).start();
	}

	private ServiceProcess add() {
		String name = "chaos-" + this.started++;
		ServiceProcess instance = ServiceProcess.start(this.directory, name, List.of(
				"--spring.datasource.url=" + this.postgres.getJdbcUrl("postgres", "postgres"),
				"--jobs.blobs.endpoint=" + this.proxy.endpoint(), "--jobs.blobs.bucket=jobs",
				"--jobs.blobs.access-key=any", "--jobs.blobs.secret-key=any", "--jobs.wait=0s", "--jobs.drain=0s",
				"--jobs.heartbeat=" + HEARTBEAT.toMillis() + "ms", "--jobs.poll-interval=200ms", "--jobs.concurrency=8",
				"--jobs.history=100000", "--jobs.max-queued=100000", "--eventloop.shutdown.grace-period=1s",
				"--jobs.commands.slowsum.exec[0]=sh", "--jobs.commands.slowsum.exec[1]=-c",
				"--jobs.commands.slowsum.exec[2]=sha256sum; sleep %s; sleep 0.$(($$ %% 10))".formatted(this.tag)));
		this.clients.put(instance, instance.client());
		this.instances.add(instance);
		return instance;
	}

	/**
	 * Submit as a client that insists. A submission whose answer was lost is one that may
	 * run, too; it is not counted.
	 */
	private Void submit(int client) throws Exception {
		for (int i = 0; i < JOBS / CLIENTS; i++) {
			byte[] body = ("client %d, job %d".formatted(client, i)).getBytes(StandardCharsets.UTF_8);
			String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
			while (!this.over && !submit(body, digest)) {
				pause(200);
			}
			pause(ThreadLocalRandom.current().nextInt(1, 400));
		}
		return null;
	}

	private boolean submit(byte[] body, String digest) {
		ServiceProcess instance = this.instances.get(ThreadLocalRandom.current().nextInt(this.instances.size()));
		try {
			JobsClient client = this.clients.get(instance);
			HttpResponse<String> answer = client.post("slowsum", BodyPublishers.ofByteArray(body));
			if (answer.statusCode() != 201) {
				assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
				return false;
			}
			JobView job = client.created(answer);
			// The instance was taken for dead while it received the body
			if (job.state() == State.CANCELLED) {
				return false;
			}
			this.expected.put(job.id(), digest);
			return true;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	/**
	 * Kill and replace an instance again and again, and in between restart the database
	 * and stop an instance for three leases.
	 */
	private Void doHarm() throws Exception {
		int restarts = 0;
		boolean stopped = false;
		do {
			pause(KILL_SECONDS * 1000L);
			ServiceProcess victim = this.instances.get(0);
			this.instances.remove(victim);
			victim.kill();
			add();
			if (restarts < RESTARTS) {
				restarts++;
				int port = this.postgres.getPort();
				this.postgres.close();
				pause(500);
				this.postgres = database(this.data, port);
			}
			else if (!stopped) {
				stopped = true;
				ServiceProcess sleeper = this.instances.get(0);
				this.instances.remove(sleeper);
				sleeper.signal("STOP");
				pause(3 * Cluster.MISSED_HEARTBEATS * HEARTBEAT.toMillis());
				sleeper.signal("CONT");
				this.instances.add(sleeper);
			}
		}
		while (this.expected.size() < JOBS / CLIENTS * CLIENTS || !stopped);
		return null;
	}

	private static void pause(long millis) {
		Duration pause = Duration.ofMillis(millis);
		await().pollDelay(pause).atMost(pause.plusSeconds(60)).until(() -> true);
	}

	/**
	 * The instances have the tag in their options.
	 */
	private boolean isOfAJob(String commandLine) {
		return commandLine.contains(this.tag) && !commandLine.contains("-jar");
	}

	private List<Long> alive() {
		return ProcessHandle.allProcesses()
			.map(ProcessHandle::pid)
			.filter((pid) -> isOfAJob(Children.commandLine(pid)))
			.toList();
	}

}
