package io.eventloop.watcher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.eventloop.ChildWatcher;
import io.eventloop.SpawnScope;
import io.eventloop.posix.ChildProcess;
import io.eventloop.posix.PosixSpawn;
import io.eventloop.posix.SpawnRequest;
import io.eventloop.posix.SpawnRequestBuilder;
import io.eventloop.watcher.ChildWatcherContract.Candidate;

/**
 * No test, but a measurement to be run by hand: how many children a second each watcher
 * has one after another, with none alive beside them and with many idle ones. Rounds
 * alternate, so that a noisy machine disturbs all alike.
 */
final class IdleChildrenRates {

	private static final int ROUNDS = Integer.getInteger("rounds", 7);

	private static final int IDLE = Integer.getInteger("idle", 2000);

	private static final int CHILDREN = Integer.getInteger("children", 300);

	private static final PosixSpawn SPAWN = new PosixSpawn();

	private static final SpawnRequest REQUEST = SpawnRequestBuilder.of("/bin/true").build();

	private IdleChildrenRates() {
	}

	public static void main(String[] arguments) throws Exception {
		Map<String, List<Double>> alone = new LinkedHashMap<>();
		Map<String, List<Double>> amongIdle = new LinkedHashMap<>();
		for (int round = 0; round <= ROUNDS; round++) {
			for (Candidate candidate : ChildWatcherContract.watchers().toList()) {
				double[] rates = measure(candidate.factory().get());
				if (round > 0) {
					alone.computeIfAbsent(candidate.name(), (name) -> new ArrayList<>()).add(rates[0]);
					amongIdle.computeIfAbsent(candidate.name(), (name) -> new ArrayList<>()).add(rates[1]);
				}
			}
		}
		alone.forEach((name, rates) -> {
			List<Double> idle = amongIdle.get(name);
			System.out.printf("%-10s alone %s, with %d idle %s: %.2f of the time%n", name, describe(rates), IDLE,
					describe(idle), median(rates) / median(idle));
		});
	}

	/**
	 * Measure without idle children before and after, with them between.
	 */
	private static double[] measure(ChildWatcher watcher) throws Exception {
		try (LoopThread loop = new LoopThread("main-loop")) {
			loop.awaitRunning();
			loop.run(() -> watcher.attachLoop(loop.loop()));
			double before = rate(watcher, loop);
			RecordedExits exits = new RecordedExits();
			SpawnScope scope = watcher.enter();
			List<TestChild> idle = TestChild.inOneGroup(IDLE);
			loop.run(() -> idle.forEach((child) -> watcher.addChildHandler(child.pid(), exits)));
			scope.close();
			double among = rate(watcher, loop);
			idle.get(0).end();
			for (int i = 0; i < IDLE; i++) {
				exits.next();
			}
			double after = rate(watcher, loop);
			watcher.close();
			return new double[] { (before + after) / 2, among };
		}
	}

	private static double rate(ChildWatcher watcher, LoopThread loop) throws IOException {
		RecordedExits exits = new RecordedExits();
		long start = System.nanoTime();
		for (int i = 0; i < CHILDREN; i++) {
			SpawnScope scope = watcher.enter();
			ChildProcess child = SPAWN.spawn(REQUEST);
			loop.run(() -> watcher.addChildHandler(child.pid(), exits));
			scope.close();
			exits.next();
		}
		return CHILDREN * 1e9 / (System.nanoTime() - start);
	}

	private static String describe(List<Double> rates) {
		return "%.0f/s (%.0f to %.0f)".formatted(median(rates), Collections.min(rates), Collections.max(rates));
	}

	private static double median(List<Double> rates) {
		return rates.stream().sorted().toList().get(rates.size() / 2);
	}

}
