package io.eventloop.samples.jobrunner;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.eventloop.samples.jobrunner.Job.State;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Instances as processes that share a PostgreSQL and a folder.
 */
@Timeout(240)
class ClusterIT {

	private static final Duration HEARTBEAT = Duration.ofMillis(500);

	@TempDir
	static Path directory;

	static EmbeddedPostgres postgres;

	static Map<String, ServiceProcess> instances = new TreeMap<>();

	static Map<String, JobsClient> clients = new TreeMap<>();

	@BeforeAll
	static void start() throws Exception {
		postgres = EmbeddedPostgres.builder().start();
		// They migrate the schema one after the other, however many start
		for (String name : List.of("a", "b")) {
			instances.put(name, start(name));
		}
		instances.forEach((name, instance) -> clients.put(name, instance.client()));
	}

	private static ServiceProcess start(String name, String... options) {
		List<String> all = new ArrayList<>(List.of(
				"--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
				"--jobs.blobs.directory=" + directory.resolve("blobs"), "--jobs.wait=0s", "--jobs.drain=500ms",
				"--jobs.heartbeat=" + HEARTBEAT.toMillis() + "ms", "--jobs.poll-interval=200ms",
				"--jobs.cancel-grace=1s", "--eventloop.shutdown.grace-period=1s", "--jobs.commands.slow.exec=sleep,2",
				"--jobs.commands.alone.exec=sleep,0.5", "--jobs.commands.alone.limit=1",
				"--jobs.commands.each.exec=sleep,0.5", "--jobs.commands.each.instance-limit=1",
				"--jobs.commands.nap.exec=sleep,1", "--jobs.commands.urgent.exec=true",
				"--jobs.commands.urgent.priority=10", "--jobs.commands.once.exec=sleep,600",
				"--jobs.commands.once.idempotent=false", "--jobs.commands.talk.exec[0]=sh",
				"--jobs.commands.talk.exec[1]=-c", "--jobs.commands.talk.exec[2]=printf 0123456789; sleep 600"));
		all.addAll(List.of(options));
		if (all.stream().noneMatch((option) -> option.startsWith("--jobs.concurrency="))) {
			all.add("--jobs.concurrency=4");
		}
		return ServiceProcess.start(directory, name, all);
	}

	@AfterAll
	static void stop() throws Exception {
		instances.values().forEach(ServiceProcess::close);
		if (postgres != null) {
			postgres.close();
		}
	}

	private static JobsClient client(String name) {
		return clients.get(name);
	}

	private static String other(String instance) {
		return instance.equals("a") ? "b" : "a";
	}

	@Test
	void jobsRunWhereThereIsRoom() {
		List<Long> ids = IntStream.range(0, 8).mapToObj((number) -> client("a").submit("slow").id()).toList();
		List<JobView> ended = ids.stream().map((id) -> client("b").awaitEnd(id)).toList();
		assertThat(ended).allMatch((job) -> job.state() == State.SUCCEEDED);
		assertThat(ended).extracting(JobView::instance).contains("a", "b");
		assertThat(ids).allSatisfy((id) -> assertThat(client("a").job(id)).isEqualTo(client("b").job(id)));
	}

	@Test
	void anyInstanceCancelsAJobAndShowsItsOutput() {
		long id = client("a").submit("talk").id();
		JobView running = client("a").awaitState(id, State.RUNNING);
		JobsClient stranger = client(other(running.instance()));
		await().atMost(Duration.ofSeconds(10))
			.untilAsserted(() -> assertThat(stranger.output(id)).asString().isEqualTo("0123456789"));
		HttpResponse<String> part = stranger.send(
				stranger.request("/jobs/" + id + "/output").header("Range", "bytes=2-4").build(),
				BodyHandlers.ofString());
		assertThat(part.statusCode()).isEqualTo(206);
		assertThat(part.body()).isEqualTo("234");
		assertThat(stranger.cancel(id)).isEqualTo(202);
		assertThat(stranger.awaitEnd(id).state()).isEqualTo(State.CANCELLED);
		assertThat(stranger.output(id)).asString().isEqualTo("0123456789");
	}

	@Test
	void aLimitHoldsForAllInstances() {
		List<Long> ids = IntStream.range(0, 6)
			.mapToObj((number) -> client((number % 2 == 0) ? "a" : "b").submit("alone").id())
			.toList();
		await().pollInterval(Duration.ofMillis(50)).atMost(Duration.ofSeconds(30)).until(() -> {
			List<JobView> jobs = client("a").jobs().stream().filter((job) -> ids.contains(job.id())).toList();
			assertThat(jobs).filteredOn((job) -> job.state() == State.RUNNING).hasSizeLessThan(2);
			return jobs.stream().allMatch((job) -> job.state() == State.SUCCEEDED);
		});
	}

	@Test
	void anInstanceLimitHoldsForEachInstance() {
		List<Long> ids = IntStream.range(0, 8).mapToObj((number) -> client("a").submit("each").id()).toList();
		await().pollInterval(Duration.ofMillis(50)).atMost(Duration.ofSeconds(30)).until(() -> {
			List<JobView> jobs = client("a").jobs().stream().filter((job) -> ids.contains(job.id())).toList();
			for (String instance : List.of("a", "b")) {
				assertThat(jobs).filteredOn((job) -> job.state() == State.RUNNING && instance.equals(job.instance()))
					.hasSizeLessThan(2);
			}
			return jobs.stream().allMatch((job) -> job.state() == State.SUCCEEDED);
		});
		assertThat(ids).map((id) -> client("b").job(id).instance()).contains("a", "b");
	}

	@Test
	void jobsOfAHigherPriorityAreTakenFirst() {
		List<Long> ordinary = IntStream.range(0, 40).mapToObj((number) -> client("a").submit("nap").id()).toList();
		long urgent = client("b").submit("urgent").id();
		Instant started = client("b").awaitEnd(urgent).startedAt();
		// At most as many as there are places were taken before
		assertThat(ordinary).map((id) -> client("a").awaitEnd(id).startedAt())
			.filteredOn((time) -> time.isAfter(started))
			.hasSizeGreaterThanOrEqualTo(8);
	}

	@Test
	void aPausedCommandWaits() {
		post("a", "/commands/wc/pause");
		await().untilAsserted(() -> assertThat(client("b").get("/instances").body()).contains("\"paused\":[\"wc\"]"));
		long id = client("b").submit("wc", new byte[] { 'x' }).id();
		await().during(Duration.ofSeconds(1))
			.atMost(Duration.ofSeconds(10))
			.until(() -> client("a").job(id).state() == State.QUEUED);
		post("b", "/commands/wc/resume");
		assertThat(client("a").awaitEnd(id).state()).isEqualTo(State.SUCCEEDED);
	}

	private static HttpResponse<String> post(String instance, String path) {
		JobsClient client = client(instance);
		return client.send(client.request(path).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
	}

	@Test
	void jobsOfAKilledInstanceAreTakenOver() {
		try (ServiceProcess victim = start("victim", "--jobs.concurrency=50")) {
			JobsClient client = victim.client();
			List<Long> again = runOn(client, "victim", "talk", 3);
			List<Long> once = runOn(client, "victim", "once", 1);
			List<Long> children = victim.children();
			victim.kill();
			long killed = System.nanoTime();
			for (long id : again) {
				JobView job = await().atMost(Duration.ofSeconds(30))
					.until(() -> client("a").job(id),
							(taken) -> taken.state() == State.RUNNING && taken.attempt() != null);
				assertThat(job.attempt()).isEqualTo(2);
				assertThat(job.instance()).isNotEqualTo("victim");
			}
			assertThat(Duration.ofNanos(System.nanoTime() - killed))
				.isLessThan(HEARTBEAT.multipliedBy(7).plusSeconds(2));
			JobView lost = client("b").awaitEnd(once.get(0));
			assertThat(lost.state()).isEqualTo(State.LOST);
			assertThat(lost.reason()).contains("'victim'");
			await().atMost(Duration.ofSeconds(10))
				.untilAsserted(() -> assertThat(children).noneMatch(Children::exists));
			again.forEach((id) -> client("b").cancel(id));
			again.forEach((id) -> client("a").awaitEnd(id));
		}
	}

	/**
	 * Submit jobs until enough of them run on an instance, then cancel the others. These
	 * fill the other instances until then: cancelled at once, they would leave each next
	 * job to the instance whose poll comes first, which can be the same each time.
	 */
	private static List<Long> runOn(JobsClient client, String instance, String command, int count) {
		List<Long> there = new ArrayList<>();
		List<Long> elsewhere = new ArrayList<>();
		await().atMost(Duration.ofSeconds(30)).until(() -> {
			long id = client.submit(command).id();
			boolean here = instance.equals(client.awaitState(id, State.RUNNING).instance());
			(here ? there : elsewhere).add(id);
			return there.size() == count;
		});
		elsewhere.forEach(client::cancel);
		elsewhere.forEach(client::awaitEnd);
		return there;
	}

	@Test
	void aStoppedInstanceEndsItsAttemptsWhenItGoesOn() {
		try (ServiceProcess sleeper = start("sleeper", "--jobs.concurrency=50")) {
			long id = runOn(sleeper.client(), "sleeper", "talk", 1).get(0);
			sleeper.signal("STOP");
			await().atMost(Duration.ofSeconds(30)).until(() -> client("a").job(id), (job) -> job.attempt() != null);
			sleeper.signal("CONT");
			await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(sleeper.children()).isEmpty());
			JobView job = client("b").awaitState(id, State.RUNNING);
			assertThat(job.instance()).isNotEqualTo("sleeper");
			client("b").cancel(id);
			assertThat(client("b").awaitEnd(id).state()).isEqualTo(State.CANCELLED);
		}
	}

	@Test
	void aDrainedInstanceGivesBackItsJobs() throws Exception {
		try (ServiceProcess leaving = start("leaving", "--jobs.concurrency=50")) {
			JobsClient client = leaving.client();
			long id = runOn(client, "leaving", "talk", 1).get(0);
			HttpResponse<String> answer = client
				.send(client.request("/actuator/drain").POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
			assertThat(answer.body()).contains("\"draining\":true");
			await().atMost(Duration.ofSeconds(10)).until(() -> client("a").job(id), (job) -> job.attempt() != null);
			assertThat(client("a").awaitState(id, State.RUNNING).instance()).isNotEqualTo("leaving");
			assertThat(client.post("wc", BodyPublishers.noBody()).statusCode()).isEqualTo(503);
			client("a").cancel(id);
			leaving.signal("TERM");
			assertThat(leaving.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
			await().untilAsserted(
					() -> assertThat(client("a").get("/instances").body()).doesNotContain("\"name\":\"leaving\""));
		}
	}

	@Test
	void thePageOfEachInstanceIsTheSame(@TempDir Path profile) {
		try (ServiceProcess third = start("c")) {
			JobsClient last = third.client();
			long id = client("a").submit("talk").id();
			String instance = client("a").awaitState(id, State.RUNNING).instance();
			try (Browser browser = Browser.open(profile, client("a").address("/"))) {
				for (JobsClient client : List.of(client("a"), client("b"), last)) {
					browser.go(client.address("/"));
					browser.awaitText("#connection", "Live");
					await().untilAsserted(() -> assertThat(browser.texts("#instances tr")).anyMatch(row("a"))
						.anyMatch(row("b"))
						.anyMatch(row("c")));
					browser.awaitText(".job .badge", "Running");
					assertThat(browser.find(".job .job-facts").getText()).contains("on " + instance);
					assertThat(browser.find(".job .job-id").getText()).contains(Long.toString(id));
				}
				browser.find(".job .cancel").click();
				browser.awaitText(".job .badge", "Cancelled");
			}
			assertThat(client("a").job(id).state()).isEqualTo(State.CANCELLED);
		}
	}

	private static Predicate<String> row(String instance) {
		return Pattern.compile(instance + " Alive \\d of 4 .*").asMatchPredicate();
	}

	@Test
	void aSecondInstanceOfTheSameNameIsRefused() throws Exception {
		try (ServiceProcess second = start("second", "--jobs.instance=a")) {
			assertThat(second.process().waitFor(120, TimeUnit.SECONDS)).isTrue();
			assertThat(second.log()).contains("There is an instance 'a' already");
		}
	}

}
