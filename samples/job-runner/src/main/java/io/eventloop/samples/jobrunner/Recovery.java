package io.eventloop.samples.jobrunner;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes over from an earlier run of a service that runs alone: whatever that had is free
 * at once, as no other instance can have it.
 */
@Component
class Recovery {

	private final JdbcClient jdbc;

	Recovery(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Transactional
	public void recover() {
		this.jdbc.sql("delete from instance").update();
		this.jdbc.sql("""
				update scheduled_tasks set picked = false, picked_by = null, last_heartbeat = null,
				version = version + 1 where picked""").update();
		this.jdbc.sql("""
				update job set state = 'LOST', finished_at = current_timestamp,
				reason = 'The service that ran it has ended' where state = 'RUNNING' and not idempotent""").update();
		this.jdbc.sql("""
				update job set state = 'CANCELLED', finished_at = current_timestamp, reason = cancel_reason
				where state = 'RUNNING' and cancel_reason is not null""").update();
		this.jdbc.sql("""
				update job set state = 'QUEUED', started_at = null, take_overs = take_overs + 1
				where state = 'RUNNING'""").update();
		this.jdbc.sql("""
				update job set state = 'CANCELLED', finished_at = current_timestamp,
				reason = 'The service that received the body has ended' where state = 'QUEUED' and not received""")
			.update();
	}

}
