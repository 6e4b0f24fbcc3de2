package io.eventloop.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How many commands run at a time. The others wait in a bounded queue, in the order in
 * which they came; those of different names take turns, so that many runs of one command
 * do not keep out another. May be shared by any commands and clients, and used from any
 * thread.
 *
 * @since 0.1.0
 */
public final class ConcurrencyLimit {

	/**
	 * How many may wait unless said otherwise.
	 */
	public static final int DEFAULT_QUEUE = 1000;

	private final @Nullable String name;

	private final int max;

	private final int queue;

	/**
	 * Those who wait, by the name of their command. The name whose turn is next is first.
	 */
	private final Map<String, Deque<Place>> waiting = new LinkedHashMap<>();

	private int running;

	private int queued;

	private long rejected;

	private ConcurrencyLimit(@Nullable String name, int max, int queue) {
		this.name = name;
		this.max = max;
		this.queue = queue;
	}

	/**
	 * Create a limit with a queue of {@value #DEFAULT_QUEUE}.
	 * @param max how many may run
	 * @return the limit
	 * @throws IllegalArgumentException if it is not positive
	 */
	public static ConcurrencyLimit of(int max) {
		return of(max, DEFAULT_QUEUE);
	}

	/**
	 * Create a limit.
	 * @param max how many may run
	 * @param queue how many may wait; 0 rejects at once what cannot run
	 * @return the limit
	 * @throws IllegalArgumentException if the first is not positive, or the second is
	 * negative
	 */
	public static ConcurrencyLimit of(int max, int queue) {
		return create(null, max, queue);
	}

	/**
	 * Create a limit with a name, under which it has meters of its own.
	 * @param name the name
	 * @param max how many may run
	 * @param queue how many may wait; 0 rejects at once what cannot run
	 * @return the limit
	 * @throws IllegalArgumentException as {@link #of(int, int)}, or if the name is blank
	 */
	public static ConcurrencyLimit of(String name, int max, int queue) {
		if (name.isBlank()) {
			throw new IllegalArgumentException(
					"The name of a limit is blank; give it one that its meters can have, or leave the name out");
		}
		return create(name, max, queue);
	}

	private static ConcurrencyLimit create(@Nullable String name, int max, int queue) {
		if (max < 1) {
			throw new IllegalArgumentException(
					"A limit of %d commands lets none run; let at least 1, or set no limit".formatted(max));
		}
		if (queue < 0) {
			throw new IllegalArgumentException(
					"A queue for %d commands is negative; give 0 to let none wait".formatted(queue));
		}
		return new ConcurrencyLimit(name, max, queue);
	}

	/**
	 * Return the name.
	 * @return the name, or {@code null} if it has none
	 */
	public @Nullable String name() {
		return this.name;
	}

	/**
	 * Return how many may run.
	 * @return the limit
	 */
	public int max() {
		return this.max;
	}

	/**
	 * Return how many run.
	 * @return their number now
	 */
	public synchronized int running() {
		return this.running;
	}

	/**
	 * Return how many wait.
	 * @return their number now
	 */
	public synchronized int queued() {
		return this.queued;
	}

	/**
	 * Return how many were rejected so far.
	 * @return their number
	 */
	public synchronized long rejected() {
		return this.rejected;
	}

	/**
	 * Ask for a place.
	 * @param name the command's name
	 * @param granted called in the thread of another's end, once it may run after a wait
	 * @return the place, to be left in any case
	 * @throws SubprocessRejectedException if the queue is full
	 */
	synchronized Place enter(String name, Runnable granted) {
		boolean free = this.running < this.max;
		Place place = new Place(name, granted, free);
		if (free) {
			this.running++;
		}
		else {
			enqueue(name, place);
		}
		return place;
	}

	private void enqueue(String name, Place place) {
		if (this.queued >= this.queue) {
			this.rejected++;
			throw new SubprocessRejectedException(name,
					"%s is not run: %d commands run and %d wait, as many as may; try again later, or raise the limit or its queue"
						.formatted(name, this.running, this.queued));
		}
		this.queued++;
		this.waiting.computeIfAbsent(name, (none) -> new ArrayDeque<>(1)).add(place);
	}

	private void leave(Place place) {
		Place next = null;
		synchronized (this) {
			if (place.left) {
				return;
			}
			place.left = true;
			if (place.granted) {
				this.running--;
				next = next();
			}
			else {
				forget(place);
			}
		}
		if (next != null) {
			next.grant.run();
		}
	}

	/**
	 * Let the next one run: the first of the first name, which then waits its turn behind
	 * the other names.
	 */
	private @Nullable Place next() {
		Iterator<Map.Entry<String, Deque<Place>>> names = this.waiting.entrySet().iterator();
		if (!names.hasNext()) {
			return null;
		}
		Map.Entry<String, Deque<Place>> first = names.next();
		Deque<Place> places = first.getValue();
		Place next = places.remove();
		names.remove();
		if (!places.isEmpty()) {
			this.waiting.put(next.name, places);
		}
		this.queued--;
		this.running++;
		next.granted = true;
		return next;
	}

	private void forget(Place place) {
		Deque<Place> places = this.waiting.get(place.name);
		if (places != null && places.remove(place)) {
			this.queued--;
			if (places.isEmpty()) {
				this.waiting.remove(place.name);
			}
		}
	}

	@Override
	public synchronized String toString() {
		return "ConcurrencyLimit[max=%d, queue=%d, running=%d, queued=%d]".formatted(this.max, this.queue, this.running,
				this.queued);
	}

	/**
	 * A place of one run, which it has or waits for.
	 */
	final class Place {

		private final String name;

		private final Runnable grant;

		private final boolean atOnce;

		private boolean granted;

		private boolean left;

		private Place(String name, Runnable grant, boolean atOnce) {
			this.name = name;
			this.grant = grant;
			this.atOnce = atOnce;
			this.granted = atOnce;
		}

		/**
		 * Return whether it was free when it was asked for.
		 */
		boolean isAtOnce() {
			return this.atOnce;
		}

		/**
		 * Leave it, or wait for it no longer. A second call does nothing.
		 */
		void leave() {
			ConcurrencyLimit.this.leave(this);
		}

	}

}
