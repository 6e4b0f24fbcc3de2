package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.eventloop.samples.jobrunner.Job.State;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Measures, for docs/scaling.md, what one, two and three instances do with commands that
 * sleep, how soon a job starts where nothing else runs, what a job costs the database,
 * and how many jobs that do nothing an instance gets done. Needs the machine for itself:
 * {@code -Dscaling.measure=true}.
 */
@EnabledIfSystemProperty(named = "scaling.measure", matches = "true")
@Timeout(1800)
class ScalingIT {

	private static final int CONCURRENCY = 8;

	private static final int CLIENTS = 8;

	private static final int ROUNDS = Integer.getInteger("scaling.rounds", 10);

	private static final int SINGLE_JOBS = Integer.getInteger("scaling.single-jobs", 300);

	private static final int BUSY_JOBS = Integer.getInteger("scaling.busy-jobs", 1000);

	@TempDir
	static Path directory;

	static Path log;

	static EmbeddedPostgres postgres;

	static final List<ServiceProcess> instances = new ArrayList<>();

	static final List<JobsClient> clients = new ArrayList<>();

	@BeforeAll
	static void start() throws IOException {
		log = directory.resolve("postgres.log");
		postgres = EmbeddedPostgres.builder().setOutputRedirector(ProcessBuilder.Redirect.to(log.toFile())).start();
	}

	@AfterAll
	static void stop() throws IOException {
		instances.forEach(ServiceProcess::close);
		if (postgres != null) {
			postgres.close();
		}
	}

	@Test
	void oneToThreeInstances() throws Exception {
		double one = 0;
		for (int count = 1; count <= 3; count++) {
			add();
			double rate = throughput(count);
			one = (count == 1) ? rate : one;
			report("%d instances: %.2f jobs per second, %.2f times one", count, rate, rate / one);
			latency(count);
			report("%d instances, commands that do nothing: %.0f jobs per second", count, busy());
			if (count == 1) {
				cost();
			}
		}
	}

	@Test
	void oneInstanceWithADatabaseOfItsOwn() throws Exception {
		try (ServiceProcess instance = ServiceProcess.start(directory, "alone",
				List.of("--spring.profiles.active=default", "--jobs.wait=30s", "--jobs.history=100000",
						"--jobs.commands.nothing.exec=true"))) {
			List<JobsClient> alone = List.of(instance.client());
			submit(alone, "nothing", BUSY_JOBS);
			long begin = System.nanoTime();
			List<JobView> answered = submit(alone, "nothing", BUSY_JOBS);
			double seconds = (System.nanoTime() - begin) / 1e9;
			assertThat(answered).allMatch((job) -> job.state() == State.SUCCEEDED);
			report("one instance with a database of its own, commands that do nothing: %.0f jobs per second",
					BUSY_JOBS / seconds);
		}
	}

	private static void add() {
		ServiceProcess instance = ServiceProcess.start(directory, "scaling-" + instances.size(),
				List.of("--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
						"--jobs.blobs.directory=" + directory.resolve("blobs"), "--jobs.wait=0s",
						"--jobs.history=100000", "--jobs.concurrency=" + CONCURRENCY,
						"--jobs.commands.nap.exec=sleep,2", "--jobs.commands.nothing.exec=true"));
		instances.add(instance);
		clients.add(instance.client());
	}

	/**
	 * Return the jobs that ended per second, from the first start to the last end.
	 */
	private static double throughput(int count) throws Exception {
		run("nap", count * CONCURRENCY);
		return run("nap", count * CONCURRENCY * ROUNDS);
	}

	private static double busy() throws Exception {
		run("nothing", BUSY_JOBS);
		return run("nothing", BUSY_JOBS);
	}

	/**
	 * Submit jobs to all instances at once, wait for their ends, and return how many
	 * ended per second, from the first start to the last end.
	 */
	private static double run(String command, int jobs) throws Exception {
		long before = lastJob();
		submit(clients, command, jobs);
		await().pollInterval(ofSeconds(1))
			.atMost(ofSeconds(300))
			.until(() -> number("select count(*) from job where finished_at is null") == 0);
		assertThat(number("select count(*) from job where state <> 'SUCCEEDED'")).isZero();
		return number("""
				select count(*) / extract(epoch from max(finished_at) - min(started_at)) from job
				where id > %d""".formatted(before));
	}

	private static List<JobView> submit(List<JobsClient> clients, String command, int jobs) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
		try {
			List<Future<JobView>> submitted = new ArrayList<>();
			for (int i = 0; i < jobs; i++) {
				JobsClient client = clients.get(i % clients.size());
				submitted.add(threads.submit(() -> client.submit(command)));
			}
			List<JobView> answered = new ArrayList<>();
			for (Future<JobView> one : submitted) {
				answered.add(one.get());
			}
			return answered;
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static void latency(int count) throws Exception {
		long before = lastJob();
		for (int i = 0; i < SINGLE_JOBS; i++) {
			JobsClient client = clients.get(i % clients.size());
			client.awaitEnd(client.submit("nothing").id());
		}
		String percentile = "select 1000 * percentile_cont(%s) within group (order by extract(epoch from started_at - created_at)) "
				+ "from job where id > " + before;
		report("%d instances, idle, from submission to start: p50 %.0f ms, p99 %.0f ms, longest %.0f ms", count,
				number(percentile.formatted("0.5")), number(percentile.formatted("0.99")),
				number(percentile.formatted("1")));
	}

	/**
	 * What jobs cost beside the instance's own heartbeats and polls.
	 */
	private static void cost() throws Exception {
		execute("alter system set log_statement = 'all'");
		execute("select pg_reload_conf()");
		await().pollDelay(ofSeconds(5)).until(() -> true);
		long statements = statements();
		await().pollDelay(ofSeconds(20)).atMost(ofSeconds(60)).until(() -> true);
		double atRest = (statements() - statements) / 20.0;
		double written = number("select pg_current_wal_lsn() - '0/0'");
		statements = statements();
		long begin = System.nanoTime();
		run("nothing", SINGLE_JOBS);
		double seconds = (System.nanoTime() - begin) / 1e9;
		double each = (statements() - statements - atRest * seconds) / SINGLE_JOBS;
		double bytes = (number("select pg_current_wal_lsn() - '0/0'") - written) / SINGLE_JOBS;
		report("one instance at rest: %.1f statements per second; a job: %.1f statements, %.0f bytes of log, %.0f in tables",
				atRest, each, bytes, number("""
						select (pg_total_relation_size('job') + pg_total_relation_size('scheduled_tasks'))
						/ (select count(*) from job)"""));
		execute("alter system reset log_statement");
		execute("select pg_reload_conf()");
	}

	private static long lastJob() {
		return (long) number("select coalesce(max(id), 0) from job");
	}

	private static double number(String query) {
		try (Connection connection = postgres.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery(query)) {
			assertThat(result.next()).isTrue();
			return result.getDouble(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void execute(String command) throws SQLException {
		try (Connection connection = postgres.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(command);
		}
	}

	private static long statements() throws IOException {
		try (Stream<String> lines = Files.lines(log)) {
			return lines.filter((line) -> line.contains("LOG:  execute") || line.contains("LOG:  statement: "))
				.filter((line) -> !line.contains("from job where finished_at is null"))
				.count();
		}
	}

	private static void report(String format, Object... values) {
		System.out.println(String.format(Locale.ROOT, format, values));
	}

}
