package io.eventloop.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names as values of a meter's tag, of which there may be no unlimited number. Those that
 * are seen first stand for themselves, for good; all others together are {@value #OTHER},
 * however many come and go. May be used from any thread.
 *
 * @since 0.1.0
 */
public final class BoundedNames {

	/**
	 * The name of what is beyond the bound.
	 */
	public static final String OTHER = "other";

	/**
	 * Default number of names that stand for themselves.
	 */
	public static final int DEFAULT_MAX = 100;

	private final int max;

	private final Set<String> known = ConcurrentHashMap.newKeySet();

	/**
	 * Create the names.
	 * @param max how many stand for themselves; 0 for none
	 */
	public BoundedNames(int max) {
		this.max = max;
	}

	/**
	 * Return the tag's value for a name, which is admitted where there is room.
	 * @param name the name
	 * @return the name, or {@value #OTHER}
	 */
	public String of(String name) {
		return (this.known.contains(name) || admit(name)) ? name : OTHER;
	}

	private synchronized boolean admit(String name) {
		if (this.known.size() < this.max) {
			this.known.add(name);
		}
		return this.known.contains(name);
	}

}
