package io.eventloop.metrics;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * Documents the observation of a run. It has no argument and no variable of the command
 * in it.
 *
 * @since 0.1.0
 */
public enum SubprocessObservation implements ObservationDocumentation {

	/**
	 * The run of a command, from the call to its end.
	 */
	RUN;

	@Override
	public String getName() {
		return EventLoopMeters.SUBPROCESS.getName();
	}

	@Override
	public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
		return DefaultSubprocessObservationConvention.class;
	}

	@Override
	public KeyName[] getLowCardinalityKeyNames() {
		return LowCardinality.values();
	}

	@Override
	public KeyName[] getHighCardinalityKeyNames() {
		return HighCardinality.values();
	}

	/**
	 * The key values that become tags of meters, too.
	 */
	public enum LowCardinality implements KeyName {

		/**
		 * The command's name, which is its program's file name unless it was given
		 * another; {@code other} beyond {@code eventloop.metrics.max-programs}.
		 */
		COMMAND("command"),

		/**
		 * How it ended, see {@link io.eventloop.client.RunOutcome}; at the end only.
		 */
		OUTCOME("outcome");

		private final String key;

		LowCardinality(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * The key values that only a span has.
	 */
	public enum HighCardinality implements KeyName {

		/**
		 * The program, as the command has it.
		 */
		PROGRAM("process.executable.name"),

		/**
		 * The child's process id, where one was started.
		 */
		PID("process.pid"),

		/**
		 * The exit code, or minus the number of the signal that ended the program, where
		 * it ended.
		 */
		EXIT_CODE("process.exit.code");

		private final String key;

		HighCardinality(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
