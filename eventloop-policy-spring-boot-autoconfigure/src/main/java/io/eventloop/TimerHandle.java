package io.eventloop;

/**
 * A callback that was scheduled for a time.
 *
 * @see EventLoop#callLater(java.time.Duration, Runnable)
 * @since 0.1.0
 */
public interface TimerHandle extends Handle {

	/**
	 * Tell when it is due.
	 * @return nanoseconds on the clock of {@link EventLoop#time()}
	 */
	long when();

}
