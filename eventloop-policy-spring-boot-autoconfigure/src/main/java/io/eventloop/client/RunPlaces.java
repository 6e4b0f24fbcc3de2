package io.eventloop.client;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The places that a run takes within its limits, one after the other: its command's
 * first, the client's last, so that no run holds one of the client's while it waits.
 * Belongs to the loop's thread.
 */
final class RunPlaces {

	private final String name;

	private final List<ConcurrencyLimit> limits;

	private final List<ConcurrencyLimit.Place> places = new ArrayList<>(2);

	private boolean left;

	RunPlaces(String name, List<ConcurrencyLimit> limits, @Nullable ConcurrencyLimit last) {
		this.name = name;
		if (last == null || limits.contains(last)) {
			this.limits = limits;
		}
		else {
			this.limits = new ArrayList<>(limits);
			this.limits.add(last);
		}
	}

	/**
	 * Return the limits, in the order in which places are taken.
	 */
	List<ConcurrencyLimit> limits() {
		return this.limits;
	}

	/**
	 * Take the places that are free.
	 * @param granted called, in any thread, when to call this again
	 * @return whether all were taken
	 * @throws SubprocessRejectedException if a queue is full
	 */
	boolean enter(Runnable granted) {
		while (this.places.size() < this.limits.size()) {
			ConcurrencyLimit.Place place = this.limits.get(this.places.size()).enter(this.name, granted);
			this.places.add(place);
			if (!place.isAtOnce()) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Leave all. A second call does nothing.
	 */
	void leave() {
		if (!this.left) {
			this.left = true;
			this.places.forEach(ConcurrencyLimit.Place::leave);
		}
	}

}
