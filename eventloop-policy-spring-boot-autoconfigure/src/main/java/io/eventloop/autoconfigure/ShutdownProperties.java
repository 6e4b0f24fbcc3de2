package io.eventloop.autoconfigure;

import java.time.Duration;

/**
 * Properties of how event loops and their children end with the application context.
 *
 * @since 0.1.0
 */
public class ShutdownProperties {

	/**
	 * Time allowed for child processes to exit and event loops to stop. Child processes
	 * that remain are killed.
	 */
	private Duration gracePeriod = Duration.ofSeconds(10);

	public Duration getGracePeriod() {
		return this.gracePeriod;
	}

	public void setGracePeriod(Duration gracePeriod) {
		this.gracePeriod = gracePeriod;
	}

}
