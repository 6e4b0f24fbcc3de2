package io.eventloop.selector;

/**
 * What an event loop sleeps in: waits until something is ready, for a time, or until it
 * is woken. Level-triggered: what is not read is reported again.
 * <p>
 * What it waits for is the matter of two kinds: a {@link DescriptorSelector} waits for
 * raw descriptors, a {@link ChannelSelector} for channels.
 * <p>
 * {@link #wakeup()} may be called from any thread, also after {@link #close()}; all else
 * belongs to the loop's thread. An interrupt of that thread ends one wait at most, and
 * the thread remains interrupted.
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
	 * Wait until something is ready, the time is over, or {@link #wakeup()} was called.
	 * @param timeoutNanos how long to wait: 0 not at all, negative without limit
	 * @return how many are ready
	 */
	int select(long timeoutNanos);

	/**
	 * Return what one is ready for. A broken or finished one is ready for all that it is
	 * waited for.
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
