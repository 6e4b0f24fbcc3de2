package io.eventloop.samples.jobrunner;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Component;

/**
 * Changes the rows of jobs. Each change is one statement with the states that allow it,
 * so that instances need no lock. Blocks; not for the loop's thread.
 */
@Component
class JobTable {

	private final JdbcClient jdbc;

	JobTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Add a job whose input is to be received.
	 * @param command its command
	 * @param receiver the instance that receives the input
	 * @param expectedBytes the size of its input, if known
	 * @return the job's number
	 */
	long add(Command command, String receiver, @Nullable Long expectedBytes) {
		KeyHolder key = new GeneratedKeyHolder();
		this.jdbc.sql("""
				insert into job (command, state, priority, idempotent, receiver, created_at, expected_bytes)
				values (:command, 'QUEUED', :priority, :idempotent, :receiver, :now, :expected)""")
			.param("command", command.name())
			.param("priority", command.rules().priority())
			.param("idempotent", command.rules().idempotent())
			.param("receiver", receiver)
			.param("now", now())
			.param("expected", expectedBytes)
			.update(key, "id");
		Number id = key.getKey();
		if (id == null) {
			throw new IllegalStateException("The database gave the new job no number");
		}
		return id.longValue();
	}

	boolean received(long id, Blob input) {
		return this.jdbc.sql("""
				update job set received = true, bytes_in = :size, input_digest = :digest
				where id = :id and state = 'QUEUED' and not received""")
			.param("size", input.size())
			.param("digest", input.digest())
			.param("id", id)
			.update() == 1;
	}

	boolean release(long id, boolean released) {
		return this.jdbc.sql("""
				update job set released = :released
				where id = :id and state = 'QUEUED' and received and released <> :released""")
			.param("released", released)
			.param("id", id)
			.update() == 1;
	}

	/**
	 * Begin an attempt, if the scheduler still gives the job to this execution: an
	 * instance that was stopped for a while must not begin what another has taken over.
	 * @param job the job as it was before
	 * @param version the version of the scheduler's row
	 * @param instance the instance that runs it
	 * @return the job with its new attempt, if it may run
	 */
	Optional<Job> start(Job job, long version, String instance) {
		OffsetDateTime now = now();
		int started = this.jdbc.sql("""
				update job set state = 'RUNNING', attempt = attempt + 1, instance = :instance, pid = null,
				started_at = :now, bytes_out = 0, bytes_errors = 0,
				take_overs = take_overs + case when state = 'RUNNING' then 1 else 0 end
				where id = :id and attempt = :attempt and received and cancel_reason is null
				and (state = 'QUEUED' or (state = 'RUNNING' and idempotent))
				and exists (select 1 from scheduled_tasks where task_name = 'job' and task_instance = :key
				and picked and version = :version)""")
			.param("instance", instance)
			.param("now", now)
			.param("id", job.id())
			.param("attempt", job.attempt())
			.param("key", Long.toString(job.id()))
			.param("version", version)
			.update();
		return (started == 1) ? Optional.of(job.started(instance, now.toInstant())) : Optional.empty();
	}

	/**
	 * Note how an attempt has ended.
	 * @return whether it was the current one
	 */
	boolean finish(Job job, Outcome outcome, Result result) {
		return this.jdbc.sql("""
				update job set state = :state, pid = null, finished_at = :now, duration_millis = :duration,
				return_code = :code, reason = :reason, bytes_out = :out, output_digest = :outDigest,
				bytes_errors = :err, errors_digest = :errDigest, output = :outText, errors = :errText
				where id = :id and attempt = :attempt and state = 'RUNNING'""")
			.param("state", outcome.state().name())
			.param("now", now())
			.param("duration", millisSince(job.startedAt()))
			.param("code", outcome.returnCode())
			.param("reason", cut(outcome.reason()))
			.param("out", result.output().size())
			.param("outDigest", result.output().digest())
			.param("err", result.errors().size())
			.param("errDigest", result.errors().digest())
			.param("outText", result.outputText())
			.param("errText", result.errorsText())
			.param("id", job.id())
			.param("attempt", job.attempt())
			.update() == 1;
	}

	/**
	 * Return a job to the queue.
	 * @return whether this was the current attempt
	 */
	boolean giveBack(Job job) {
		return this.jdbc.sql("""
				update job set state = 'QUEUED', pid = null, started_at = null, bytes_out = 0, bytes_errors = 0
				where id = :id and attempt = :attempt and state = 'RUNNING'""")
			.param("id", job.id())
			.param("attempt", job.attempt())
			.update() == 1;
	}

	/**
	 * End a job whose attempt was given up, if the scheduler still gives it to this
	 * execution.
	 * @param job the job, with the attempt
	 * @param version the version of the scheduler's row
	 * @return whether it has ended
	 */
	boolean abandon(Job job, long version, Job.State state, String reason) {
		return this.jdbc.sql("""
				update job set state = :state, pid = null, finished_at = :now, reason = :reason
				where id = :id and state = 'RUNNING' and attempt = :attempt
				and exists (select 1 from scheduled_tasks where task_name = 'job' and task_instance = :key
				and picked and version = :version)""")
			.param("state", state.name())
			.param("now", now())
			.param("reason", cut(reason))
			.param("id", job.id())
			.param("attempt", job.attempt())
			.param("key", Long.toString(job.id()))
			.param("version", version)
			.update() == 1;
	}

	/**
	 * End a job that no instance runs.
	 * @return whether it was in that state
	 */
	boolean end(long id, Job.State from, Job.State state, String reason) {
		return this.jdbc.sql("""
				update job set state = :state, pid = null, finished_at = :now, reason = :reason
				where id = :id and state = :from""")
			.param("state", state.name())
			.param("now", now())
			.param("reason", cut(reason))
			.param("id", id)
			.param("from", from.name())
			.update() == 1;
	}

	/**
	 * Ask for a running job's end; its instance will see it.
	 */
	void requestCancel(long id, String reason) {
		this.jdbc.sql("""
				update job set cancel_reason = :reason
				where id = :id and state = 'RUNNING' and cancel_reason is null""")
			.param("reason", reason)
			.param("id", id)
			.update();
	}

	void progress(long id, int attempt, long pid, long bytesOut, long bytesErrors) {
		this.jdbc.sql("""
				update job set pid = :pid, bytes_out = :out, bytes_errors = :err
				where id = :id and attempt = :attempt and state = 'RUNNING'""")
			.param("pid", pid)
			.param("out", bytesOut)
			.param("err", bytesErrors)
			.param("id", id)
			.param("attempt", attempt)
			.update();
	}

	void receiving(long id, long bytesIn) {
		this.jdbc.sql("update job set bytes_in = :in where id = :id and state = 'QUEUED' and not received")
			.param("in", bytesIn)
			.param("id", id)
			.update();
	}

	boolean remove(long id) {
		return this.jdbc.sql("delete from job where id = :id and state not in ('QUEUED', 'RUNNING')")
			.param("id", id)
			.update() == 1;
	}

	/**
	 * Cancel the jobs whose receivers have died before their input was whole.
	 * @param alive the instances that are alive
	 * @return how many
	 */
	int abandon(Collection<String> alive) {
		return this.jdbc.sql("""
				update job set state = 'CANCELLED', finished_at = :now,
				reason = 'The instance that received the body has ended'
				where state = 'QUEUED' and not received and receiver not in (:alive)""")
			.param("now", now())
			.param("alive", alive.isEmpty() ? List.of("") : alive)
			.update();
	}

	/**
	 * Return the jobs whose input an instance has begun to receive a while ago.
	 * @param instance the instance
	 * @param before when, at the latest
	 * @return their numbers
	 */
	List<Long> receivedBy(String instance, Instant before) {
		return this.jdbc.sql("""
				select id from job where state = 'QUEUED' and not received and receiver = :receiver
				and created_at < :before""")
			.param("receiver", instance)
			.param("before", before.atOffset(ZoneOffset.UTC))
			.query(Long.class)
			.list();
	}

	private static OffsetDateTime now() {
		return Instant.now().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
	}

	private static @Nullable Long millisSince(@Nullable Instant start) {
		return (start != null) ? Math.max(0, Duration.between(start, Instant.now()).toMillis()) : null;
	}

	private static @Nullable String cut(@Nullable String text) {
		return (text != null && text.length() > 1000) ? text.substring(0, 1000) : text;
	}

}
