package io.eventloop.samples.jobrunner;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The instances that share the database, of which this is one. Blocks, but for what was
 * read at the latest beat.
 */
@Component
class Cluster {

	/**
	 * How many heartbeats an instance may miss until it is dead, as db-scheduler has it.
	 */
	static final int MISSED_HEARTBEATS = 4;

	private final JdbcClient jdbc;

	private final String name;

	private final String token = UUID.randomUUID().toString();

	private final OffsetDateTime since = Instant.now().atOffset(ZoneOffset.UTC);

	private final Duration lease;

	private final Duration clockMargin;

	private final int capacity;

	private volatile @Nullable String address;

	private volatile boolean draining;

	private volatile List<Instance> instances = List.of();

	Cluster(JdbcClient jdbc, JobsProperties properties) throws UnknownHostException {
		this.jdbc = jdbc;
		this.name = (properties.instance() != null) ? properties.instance() : defaultName(this.token);
		this.lease = properties.heartbeat().multipliedBy(MISSED_HEARTBEATS);
		this.clockMargin = properties.clockMargin();
		this.capacity = properties.concurrency();
	}

	private static String defaultName(String token) throws UnknownHostException {
		String host = InetAddress.getLocalHost().getHostName();
		return host.substring(0, Math.min(40, host.length())) + "-" + token.substring(0, 4);
	}

	/**
	 * Return the name of this instance.
	 * @return the name
	 */
	String name() {
		return this.name;
	}

	Duration lease() {
		return this.lease;
	}

	int capacity() {
		return this.instances.stream()
			.filter((instance) -> instance.alive() && !instance.draining())
			.mapToInt(Instance::capacity)
			.reduce(0, Integer::sum);
	}

	/**
	 * Return how many instances are alive.
	 * @return the number, of which this is one
	 */
	int size() {
		return (int) Math.max(1, this.instances.stream().filter(Instance::alive).count());
	}

	List<Instance> instances() {
		return this.instances;
	}

	Optional<Instance> find(String instance) {
		return this.instances.stream().filter((other) -> other.name().equals(instance)).findFirst();
	}

	void drain() {
		this.draining = true;
	}

	boolean isDraining() {
		return this.draining;
	}

	/**
	 * Become one of the instances.
	 * @param address the URL at which the others reach this one
	 * @throws RefusedStartException if there is one of this name, or the clocks differ
	 */
	void join(String address) {
		this.address = address;
		checkClock();
		awaitName();
		this.jdbc.sql("delete from instance where name = :name").param("name", this.name).update();
		this.jdbc.sql("""
				insert into instance (name, token, address, since, seen_at, capacity, running, draining)
				values (:name, :token, :address, :since, :since, :capacity, 0, false)""")
			.param("name", this.name)
			.param("token", this.token)
			.param("address", address)
			.param("since", this.since)
			.param("capacity", this.capacity)
			.update();
		read();
	}

	/**
	 * Half of the time that the question takes is the least by which the answer is old.
	 */
	private void checkClock() {
		Instant before = Instant.now();
		Instant database = this.jdbc.sql("select current_timestamp").query(OffsetDateTime.class).single().toInstant();
		Instant after = Instant.now();
		Duration behind = Duration.between(after, database);
		Duration ahead = Duration.between(database, before);
		if (behind.compareTo(this.clockMargin) > 0 || ahead.compareTo(this.clockMargin) > 0) {
			throw RefusedStartException.clocks((behind.isNegative() ? ahead : behind), this.clockMargin);
		}
	}

	/**
	 * Wait until the instance that had this name is dead.
	 */
	private void awaitName() {
		Instant first = seenAt();
		while (first != null && first.plus(this.lease).isAfter(Instant.now())) {
			sleep();
			Instant seen = seenAt();
			if (seen != null && seen.isAfter(first)) {
				throw RefusedStartException.sameName(this.name);
			}
			first = seen;
		}
	}

	private void sleep() {
		try {
			Thread.sleep(this.lease.toMillis() / (4 * MISSED_HEARTBEATS));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private @Nullable Instant seenAt() {
		return this.jdbc.sql("select seen_at from instance where name = :name")
			.param("name", this.name)
			.query(OffsetDateTime.class)
			.optional()
			.map(OffsetDateTime::toInstant)
			.orElse(null);
	}

	/**
	 * Give a sign of life, and read those of the others.
	 * @param running how many jobs this instance runs
	 */
	void beat(int running) {
		int updated = this.jdbc.sql("""
				update instance set seen_at = :now, running = :running, draining = :draining
				where name = :name and token = :token""")
			.param("now", Instant.now().atOffset(ZoneOffset.UTC))
			.param("running", running)
			.param("draining", this.draining)
			.param("name", this.name)
			.param("token", this.token)
			.update();
		String known = this.address;
		if (updated == 0 && known != null && seenAt() == null) {
			join(known);
		}
		read();
	}

	private void read() {
		this.instances = this.jdbc.sql("select * from instance order by since, name").query(this::instance).list();
	}

	private Instance instance(ResultSet row, int number) throws SQLException {
		Instant seenAt = row.getObject("seen_at", OffsetDateTime.class).toInstant();
		return new Instance(row.getString("name"), row.getString("address"),
				row.getObject("since", OffsetDateTime.class).toInstant(), seenAt,
				seenAt.plus(this.lease).isAfter(Instant.now()), row.getInt("capacity"), row.getInt("running"),
				row.getBoolean("draining"));
	}

	/**
	 * Forget instances that have been dead for long.
	 */
	void forgetDead() {
		this.jdbc.sql("delete from instance where seen_at < :before")
			.param("before", Instant.now().minus(this.lease.multipliedBy(60)).atOffset(ZoneOffset.UTC))
			.update();
	}

	void leave() {
		this.jdbc.sql("delete from instance where name = :name and token = :token")
			.param("name", this.name)
			.param("token", this.token)
			.update();
	}

}
