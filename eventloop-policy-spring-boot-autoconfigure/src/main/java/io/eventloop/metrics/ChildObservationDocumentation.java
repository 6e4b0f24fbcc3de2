package io.eventloop.metrics;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observation of a child. {@link ChildObservations} makes it.
 *
 * @since 0.1.0
 */
public enum ChildObservationDocumentation implements ObservationDocumentation {

	/**
	 * A child, from its start to the report of its exit.
	 */
	CHILD {

		@Override
		public String getName() {
			return "eventloop.child";
		}

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultChildObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinalityKey.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighCardinalityKey.values();
		}

	};

	/**
	 * Keys of meters and spans.
	 */
	public enum LowCardinalityKey implements KeyName {

		/**
		 * The name that the child's spec was given, else the program without its
		 * directory; {@code other} beyond {@code eventloop.metrics.max-programs}.
		 */
		NAME {

			@Override
			public String asString() {
				return "name";
			}

		},

		/**
		 * How the child exited: {@code exited}, {@code failed}, {@code signaled} or
		 * {@code lost}; {@code none} if its exit was not reported.
		 */
		OUTCOME {

			@Override
			public String asString() {
				return "outcome";
			}

		}

	}

	/**
	 * Keys of spans alone.
	 */
	public enum HighCardinalityKey implements KeyName {

		/**
		 * The process id.
		 */
		PID {

			@Override
			public String asString() {
				return "process.pid";
			}

		},

		/**
		 * The exit code, or minus the number of the signal that ended the child.
		 */
		EXIT_CODE {

			@Override
			public String asString() {
				return "process.exit.code";
			}

		}

	}

}
