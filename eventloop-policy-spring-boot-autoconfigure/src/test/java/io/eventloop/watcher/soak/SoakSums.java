package io.eventloop.watcher.soak;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * What a soak has counted. From any thread.
 */
final class SoakSums {

	private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);

	private final long start = System.nanoTime();

	SoakSums() {
		for (Count count : Count.values()) {
			this.counts.put(count, new LongAdder());
		}
	}

	void add(Count count) {
		add(count, 1);
	}

	void add(Count count, long number) {
		this.counts.get(count).add(number);
	}

	void addAll(SoakSums others) {
		others.counts.forEach((count, number) -> add(count, number.sum()));
	}

	long of(Count count) {
		return this.counts.get(count).sum();
	}

	/**
	 * Return what must not be there, and is.
	 */
	Map<Count, Long> faults() {
		return this.counts.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().isFault() && entry.getValue().sum() > 0)
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().sum()));
	}

	@Override
	public String toString() {
		long seconds = Math.max(1, (System.nanoTime() - this.start) / 1_000_000_000);
		return this.counts.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + " " + entry.getValue().sum())
			.collect(Collectors.joining(", ")) + "; " + seconds + " s, " + of(Count.CHILDREN) / seconds
				+ " children a second";
	}

	enum Count {

		CHILDREN, NEIGHBOURS, SPAWN_FAILURES, HANDLER_ERRORS, LOST, DOUBLED, WRONG_CODES, ZOMBIES, LEAKED_DESCRIPTORS,
		LEAKED_THREADS, LEAKED_SIGNAL_HANDLERS;

		boolean isFault() {
			return compareTo(LOST) >= 0;
		}

		@Override
		public String toString() {
			return name().toLowerCase().replace('_', ' ');
		}

	}

}
