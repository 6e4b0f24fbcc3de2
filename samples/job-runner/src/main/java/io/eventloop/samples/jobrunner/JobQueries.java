package io.eventloop.samples.jobrunner;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads the rows of jobs. Blocks; not for the loop's thread.
 */
@Component
class JobQueries {

	private static final int THROUGHPUT_SECONDS = 10;

	private final JdbcClient jdbc;

	JobQueries(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Optional<Job> find(long id) {
		return this.jdbc.sql("select * from job where id = :id").param("id", id).query(JobQueries::job).optional();
	}

	/**
	 * Find a job that a request names.
	 * @param id its number, as the request says
	 * @return the job
	 * @throws JobProblem if there is none
	 */
	Job get(String id) {
		return (id.matches("[0-9]{1,18}") ? find(Long.parseLong(id)) : Optional.<Job>empty())
			.orElseThrow(() -> JobProblem.unknownJob(id));
	}

	/**
	 * Return all jobs.
	 * @return the jobs, newest first
	 */
	List<Job> all() {
		return this.jdbc.sql("select * from job order by id desc").query(JobQueries::job).list();
	}

	List<Job> of(Collection<Long> ids) {
		return ids.isEmpty() ? List.of()
				: this.jdbc.sql("select * from job where id in (:ids)").param("ids", ids).query(JobQueries::job).list();
	}

	List<Long> ids() {
		return this.jdbc.sql("select id from job").query(Long.class).list();
	}

	/**
	 * Return how many jobs have not finished.
	 * @return the number
	 */
	long unfinished() {
		return this.jdbc.sql("select count(*) from job where state in ('QUEUED', 'RUNNING')")
			.query(Long.class)
			.single();
	}

	/**
	 * Return the finished jobs beyond the history.
	 * @param history how many to keep
	 * @return the numbers of the others
	 */
	List<Long> expired(int history) {
		return this.jdbc.sql("""
				select id from job where state not in ('QUEUED', 'RUNNING')
				order by id desc offset :history rows""").param("history", history).query(Long.class).list();
	}

	/**
	 * Return the cancel requests for jobs that an instance runs.
	 * @param instance the instance
	 * @return the reasons, by job
	 */
	Map<Long, String> cancelRequests(String instance) {
		Map<Long, String> requests = new HashMap<>();
		this.jdbc.sql("""
				select id, cancel_reason from job
				where state = 'RUNNING' and instance = :instance and cancel_reason is not null""")
			.param("instance", instance)
			.query((row) -> {
				requests.put(row.getLong("id"), row.getString("cancel_reason"));
			});
		return requests;
	}

	/**
	 * Return the queue.
	 * @return its length and the time that its oldest was added, by command
	 */
	List<QueueState> queue() {
		return this.jdbc.sql("""
				select command, count(*) as length, min(created_at) as oldest from job
				where state = 'QUEUED' group by command""")
			.query((row, number) -> new QueueState(row.getString("command"), row.getLong("length"),
					row.getObject("oldest", OffsetDateTime.class).toInstant()))
			.list();
	}

	/**
	 * Return how many jobs have finished lately.
	 * @return jobs per second, over the last ten
	 */
	double throughput() {
		return this.jdbc.sql("select count(*) from job where finished_at > :since")
			.param("since", Instant.now().minusSeconds(THROUGHPUT_SECONDS).atOffset(ZoneOffset.UTC))
			.query(Long.class)
			.single() / (double) THROUGHPUT_SECONDS;
	}

	private static Job job(ResultSet row, int number) throws SQLException {
		OffsetDateTime startedAt = row.getObject("started_at", OffsetDateTime.class);
		return new Job(row.getLong("id"), row.getString("command"), Job.State.valueOf(row.getString("state")),
				row.getInt("attempt"), row.getInt("take_overs"), row.getInt("priority"), row.getBoolean("idempotent"),
				row.getBoolean("received"), row.getString("receiver"), row.getString("instance"),
				row.getObject("pid", Long.class), (startedAt != null) ? startedAt.toInstant() : null,
				row.getObject("duration_millis", Long.class), row.getObject("expected_bytes", Long.class),
				new Blob(row.getLong("bytes_in"), row.getString("input_digest")),
				new Blob(row.getLong("bytes_out"), row.getString("output_digest")),
				new Blob(row.getLong("bytes_errors"), row.getString("errors_digest")),
				row.getObject("return_code", Integer.class), row.getString("reason"), row.getString("cancel_reason"),
				row.getString("output"), row.getString("errors"));
	}

}
