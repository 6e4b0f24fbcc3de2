package io.eventloop.selector;

/**
 * Waits for descriptors, for a time, and for a wake-up. Level-triggered: what is not read
 * is reported again.
 * <p>
 * {@link #wakeup()} may be called from any thread; all else belongs to the loop's thread.
 *
 * @see <a href="https://docs.python.org/3.12/library/selectors.html">Python,
 * selectors</a>
 * @since 0.1.0
 */
public interface Selector extends AutoCloseable {

	/**
	 * Interest in, or readiness for, reading.
	 */
	int READ = 1;

	/**
	 * Interest in, or readiness for, writing.
	 */
	int WRITE = 2;

	/**
	 * Wait for a descriptor from now on.
	 * @param fd the descriptor, not registered yet
	 * @param interest {@link #READ}, {@link #WRITE} or both
	 * @throws IllegalArgumentException if it is not open, or of a kind that cannot be
	 * waited for
	 */
	void register(int fd, int interest);

	/**
	 * Wait for something else on a registered descriptor.
	 * @param fd the descriptor
	 * @param interest {@link #READ}, {@link #WRITE} or both
	 */
	void modify(int fd, int interest);

	/**
	 * Wait for the descriptor no more. To be called before it is closed.
	 * @param fd the descriptor
	 */
	void unregister(int fd);

	/**
	 * Wait until something is ready, the time is over, or {@link #wakeup()} was called.
	 * @param timeoutNanos how long to wait: 0 not at all, negative without limit
	 * @return how many descriptors are ready
	 */
	int select(long timeoutNanos);

	/**
	 * Return a descriptor that the last {@link #select} found ready.
	 * @param index from 0 to what it returned
	 * @return the descriptor
	 */
	int fd(int index);

	/**
	 * Return what a descriptor is ready for. A broken or finished one is ready for both.
	 * @param index from 0 to what {@link #select} returned
	 * @return {@link #READ}, {@link #WRITE} or both
	 */
	int readiness(int index);

	/**
	 * Let the {@link #select} in progress, or the next one, return at once.
	 */
	void wakeup();

	/**
	 * Release the selector's own descriptors. A second call does nothing.
	 */
	@Override
	void close();

}
