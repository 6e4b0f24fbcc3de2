package io.eventloop.client;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Told of the runs of a client's commands, see {@link SubprocessClient.Builder#observer}.
 * For each run: <pre>
 * {@link #begin} ──place──▶ {@link Run#environment} ──▶ {@link Run#started}, once per child ──▶ {@link Run#ended}
 *    '────────────────────failure, cancellation────────────────────────▲
 * </pre> An observer must be quick, as it is called on loops. One that throws is logged,
 * and told nothing more of that run, which goes on.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SubprocessObserver {

	/**
	 * A run begins. Called in the thread that asks for it, in whose context the run is.
	 * @param request what is to run
	 * @return who is told of the rest, or {@code null} to be told no more
	 */
	@Nullable Run begin(RunRequest request);

	/**
	 * Told of one run. Called on the loop, or, where that is closed, in the thread that
	 * finds out.
	 */
	@FunctionalInterface
	interface Run {

		/**
		 * Return variables to add to the environment of the run's children, under those
		 * that the command sets itself.
		 * @return the variables
		 */
		default Map<String, String> environment() {
			return Map.of();
		}

		/**
		 * A child was started.
		 * @param program its program, as the command has it
		 * @param pid its process id
		 */
		default void started(String program, long pid) {
		}

		/**
		 * The run is over, with everything that belongs to it; its caller is told next.
		 * Called once.
		 * @param report how it went
		 */
		void ended(RunReport report);

	}

}
