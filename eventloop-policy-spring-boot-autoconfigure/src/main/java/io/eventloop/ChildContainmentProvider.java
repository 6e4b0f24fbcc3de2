package io.eventloop;

import java.util.ServiceLoader;

/**
 * Makes the containment of each new loop where system properties ask for one. Found with
 * {@link ServiceLoader}; the first one counts.
 *
 * @see ChildContainment#configured()
 * @since 0.1.0
 */
@FunctionalInterface
public interface ChildContainmentProvider {

	/**
	 * Return the containment that the system properties ask for.
	 * @return a new one, for one loop
	 * @throws IllegalArgumentException if a property has a value that means nothing
	 * @throws UnsupportedPlatformException if what is asked for does not work here
	 */
	ChildContainment get();

}
