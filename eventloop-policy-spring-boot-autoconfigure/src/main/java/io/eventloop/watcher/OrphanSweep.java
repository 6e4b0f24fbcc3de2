package io.eventloop.watcher;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.eventloop.ChildExit;
import io.eventloop.ExitStatus;
import io.eventloop.posix.UnownedZombie;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds and reaps exited children that no code waits for. There is one sweep per process,
 * however many loops call it.
 *
 * <p>
 * A foreign child, too, is a zombie for a moment, and the thread that will reap it may
 * not have started yet. A child must therefore be a zombie at three checks, each about a
 * second after the previous one: a pause of the whole JVM delays checks, but adds none.
 */
final class OrphanSweep {

	static final OrphanSweep OF_PROCESS = new OrphanSweep(System::nanoTime, JdkChildren::pids);

	static final Duration INTERVAL = Duration.ofSeconds(1);

	static final int CHECKS = 3;

	private static final Logger logger = LoggerFactory.getLogger(OrphanSweep.class);

	private static final long SHORTEST_INTERVAL = INTERVAL.toNanos() * 9 / 10;

	private final LongSupplier nanoTime;

	private final Supplier<Set<Long>> jdkChildren;

	private Map<Long, Sighting> sightings = Map.of();

	private long nextCheck;

	OrphanSweep(LongSupplier nanoTime, Supplier<Set<Long>> jdkChildren) {
		this.nanoTime = nanoTime;
		this.jdkChildren = jdkChildren;
		this.nextCheck = nanoTime.getAsLong();
	}

	/**
	 * Check, unless a check has run within the interval, and reap the children that are
	 * due.
	 * @return how many were reaped
	 */
	synchronized int check() {
		long now = this.nanoTime.getAsLong();
		if (now - this.nextCheck < 0) {
			return 0;
		}
		this.nextCheck = now + SHORTEST_INTERVAL;
		this.sightings = sight(UnownedZombie.findDead());
		List<UnownedZombie> due = this.sightings.values()
			.stream()
			.filter((sighting) -> sighting.checks >= CHECKS)
			.map(Sighting::child)
			.toList();
		return due.isEmpty() ? 0 : reap(due);
	}

	/**
	 * A child that is already known keeps the time of its first sighting, the best
	 * evidence of whether it may be ours.
	 */
	private Map<Long, Sighting> sight(Collection<UnownedZombie> dead) {
		Map<Long, Sighting> seen = new HashMap<>();
		for (UnownedZombie child : dead) {
			Sighting before = this.sightings.get(child.pid());
			seen.put(child.pid(),
					(before != null && before.child.isSameProcess(child)) ? before.again() : new Sighting(child, 1));
		}
		return seen;
	}

	private int reap(Collection<UnownedZombie> due) {
		Set<Long> waitedFor = this.jdkChildren.get();
		int reaped = 0;
		for (UnownedZombie child : due) {
			if (!waitedFor.contains(child.pid()) && !child.mayBeOurs()) {
				ChildExit exit = child.reap();
				if (!(exit.status() instanceof ExitStatus.Lost)) {
					logger.debug("Reaped orphan {}: {}", exit.pid(), exit.status());
					reaped++;
				}
			}
		}
		return reaped;
	}

	private record Sighting(UnownedZombie child, int checks) {

		private Sighting again() {
			return new Sighting(this.child, this.checks + 1);
		}

	}

}
