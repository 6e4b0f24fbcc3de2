package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.util.function.BooleanSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Calls database and store again while they are away, as long as the lease allows.
 */
final class Persistence {

	private static final Logger logger = LoggerFactory.getLogger(Persistence.class);

	private static final long FIRST_PAUSE = 100;

	private static final long LONGEST_PAUSE = 1000;

	private final BooleanSupplier lease;

	Persistence(BooleanSupplier lease) {
		this.lease = lease;
	}

	/**
	 * Call until it succeeds.
	 * @param <T> type of the result
	 * @param <X> what must not be repeated
	 * @param call the call, which may be repeated
	 * @return the result
	 * @throws X if the call says that repeating is useless
	 * @throws LeaseLostException if the lease ends before
	 */
	<T, X extends Exception> T insist(Call<T, X> call) throws X {
		long pause = FIRST_PAUSE;
		while (true) {
			try {
				return call.call();
			}
			catch (IOException | DataAccessException | TransactionException ex) {
				logger.debug("Calling again in {} ms", pause, ex);
				if (!this.lease.getAsBoolean()) {
					throw new LeaseLostException("Database or store were away for too long: " + ex.getMessage(), ex);
				}
				pause(pause, ex);
				pause = Math.min(2 * pause, LONGEST_PAUSE);
			}
		}
	}

	private static void pause(long millis, Exception reason) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LeaseLostException("The service was shut down while database or store were away", reason);
		}
	}

	/**
	 * A call that may be repeated.
	 *
	 * @param <T> type of its result
	 * @param <X> what must not be repeated
	 */
	@FunctionalInterface
	interface Call<T, X extends Exception> {

		T call() throws IOException, X;

	}

}
