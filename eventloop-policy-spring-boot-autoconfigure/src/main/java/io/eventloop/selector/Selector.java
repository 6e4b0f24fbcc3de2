package io.eventloop.selector;

/**
 * What an event loop waits on: blocks until something is ready, the timeout expires, or
 * it is woken. Level-triggered: what is not read is reported again.
 * <p>
 * There are two kinds: a {@link DescriptorSelector} waits for raw descriptors, a
 * {@link ChannelSelector} for channels.
 * <p>
 * {@link #wakeup()} may be called from any thread, even after {@link #close()}; all other
 * methods belong to the loop's thread. An interrupt of that thread ends one wait at most,
 * and the thread remains interrupted.
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
	 * Wait until something is ready, the timeout has expired, or {@link #wakeup()} was
	 * called.
	 * @param timeoutNanos the timeout: 0 to poll without waiting, negative to wait
	 * without limit
	 * @return the number of ready registrations
	 */
	int select(long timeoutNanos);

	/**
	 * Return what a registration is ready for. A broken or finished one is ready for
	 * everything it was registered for.
	 * @param index from 0 to less than what {@link #select} returned
	 * @return {@link #READ}, {@link #WRITE} or both
	 */
	int readiness(int index);

	/**
	 * Make the {@link #select} in progress, or the next one, return at once.
	 */
	void wakeup();

	/**
	 * Release the selector's own descriptors. A second call does nothing.
	 */
	@Override
	void close();

}
