package io.eventloop;

/**
 * A callback that is scheduled for a certain time.
 *
 * @see EventLoop#callLater(java.time.Duration, Runnable)
 * @since 0.1.0
 */
public interface TimerHandle extends Handle {

	/**
	 * Return when it is due.
	 * @return nanoseconds on the clock of {@link EventLoop#time()}
	 */
	long when();

}
