package io.eventloop.samples.jobrunner;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import com.github.kagkarlsson.scheduler.task.TaskInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hands jobs to the scheduler. Jobs of a command with a limit wait in their table until
 * there is a place, so that the scheduler never looks at more than may run; jobs of a
 * paused command wait there, too. An instance that hands over jobs of such a command
 * holds a lock on the command's row.
 */
@Component
class JobQueue {

	/** The name of the scheduler's task. */
	static final String TASK = "job";

	private static final Logger logger = LoggerFactory.getLogger(JobQueue.class);

	private static final int BATCH = 500;

	private final JdbcClient jdbc;

	private final JobTable table;

	private final Catalogue catalogue;

	private final ObjectProvider<JobScheduler> scheduler;

	private final TransactionTemplate transaction;

	private final Cluster cluster;

	private final JobQueries queries;

	private volatile Set<String> paused = Set.of();

	private volatile List<QueueState> waiting = List.of();

	JobQueue(JdbcClient jdbc, JobTable table, JobQueries queries, Catalogue catalogue,
			ObjectProvider<JobScheduler> scheduler, TransactionTemplate transaction, Cluster cluster) {
		this.jdbc = jdbc;
		this.table = table;
		this.queries = queries;
		this.catalogue = catalogue;
		this.scheduler = scheduler;
		this.transaction = transaction;
		this.cluster = cluster;
	}

	/**
	 * Let a job run in its turn, whose input is whole in the store.
	 * @param id the job
	 * @param command its command
	 * @param input its input
	 * @return whether the job still waits for it
	 */
	boolean add(long id, Command command, Blob input) {
		boolean waits = command.rules().areLimited() || isPaused(command.name());
		boolean received = Boolean.TRUE.equals(this.transaction.execute((status) -> {
			if (!this.table.received(id, input)) {
				return false;
			}
			if (!waits) {
				schedule(id, command.rules().priority());
			}
			return true;
		}));
		if (waits) {
			release(command.name());
		}
		wake();
		return received;
	}

	private void schedule(long id, int priority) {
		if (this.table.release(id, true)) {
			TaskInstance<Void> task = new TaskInstance.Builder<Void>(TASK, Long.toString(id)).priority(priority)
				.build();
			this.scheduler.getObject().current().scheduleIfNotExists(task, Instant.now());
		}
	}

	private void wake() {
		this.scheduler.getObject().current().triggerCheckForDueExecutions();
	}

	/**
	 * Let the next jobs of a command run, as many as have a place.
	 * @param command the command's name
	 */
	void release(String command) {
		long places = this.catalogue.find(command)
			.map((known) -> known.rules().places(this.cluster.size()))
			.orElse(Long.MAX_VALUE);
		register(command);
		Integer released = this.transaction.execute((status) -> {
			boolean stopped = this.jdbc.sql("select paused from command_control where name = :name for update")
				.param("name", command)
				.query(Boolean.class)
				.single();
			long room = stopped ? 0 : Math.min(places - released(command), BATCH);
			return (room > 0) ? release(command, room) : 0;
		});
		if (released != null && released > 0) {
			wake();
		}
	}

	private long released(String command) {
		return this.jdbc
			.sql("select count(*) from job where command = :name and released and state in ('QUEUED', 'RUNNING')")
			.param("name", command)
			.query(Long.class)
			.single();
	}

	private int release(String command, long room) {
		List<Next> next = this.jdbc.sql("""
				select id, priority from job where command = :name and state = 'QUEUED' and received and not released
				order by priority desc, id fetch first :room rows only""")
			.param("name", command)
			.param("room", room)
			.query((row, number) -> new Next(row.getLong("id"), row.getInt("priority")))
			.list();
		next.forEach((job) -> schedule(job.id(), job.priority()));
		return next.size();
	}

	/**
	 * Make the row that instances lock. Outside of a transaction, as another thread or
	 * instance may make it at the same time.
	 */
	private void register(String command) {
		try {
			this.jdbc.sql("""
					insert into command_control (name, paused)
					select :name, false where not exists (select 1 from command_control where name = :name)""")
				.param("name", command)
				.update();
		}
		catch (DuplicateKeyException ex) {
			logger.trace("The row of {} is there already", command, ex);
		}
	}

	/**
	 * Take back a job from the scheduler, whose execution is then removed.
	 * @param id the job
	 */
	void takeBack(long id) {
		this.table.release(id, false);
	}

	/**
	 * Pause a command, or let it go on; on other instances within a heartbeat.
	 * @param command the command
	 * @param pause whether to pause it
	 */
	void pause(Command command, boolean pause) {
		register(command.name());
		this.jdbc.sql("update command_control set paused = :paused where name = :name")
			.param("paused", pause)
			.param("name", command.name())
			.update();
		refresh();
		release(command.name());
	}

	boolean isPaused(String command) {
		return this.paused.contains(command);
	}

	Set<String> paused() {
		return this.paused;
	}

	/**
	 * Return the queue as it was at the latest heartbeat.
	 * @return its length and age, by command
	 */
	List<QueueState> waiting() {
		return this.waiting;
	}

	void refresh() {
		this.waiting = this.queries.queue();
		this.paused = Set
			.copyOf(this.jdbc.sql("select name from command_control where paused").query(String.class).list());
	}

	/**
	 * Hand over what has a place and is not with the scheduler, whatever has become of
	 * those who should have done so.
	 */
	void sweep() {
		this.jdbc.sql("""
				update job set released = false where state = 'QUEUED' and released and not exists
				(select 1 from scheduled_tasks where task_name = 'job' and task_instance = cast(job.id as varchar))""")
			.update();
		this.jdbc.sql("select distinct command from job where state = 'QUEUED' and received and not released")
			.query(String.class)
			.list()
			.forEach(this::release);
	}

	/**
	 * A job that may be handed over.
	 *
	 * @param id its number
	 * @param priority its rank
	 */
	private record Next(long id, int priority) {
	}

}
