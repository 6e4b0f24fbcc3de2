package io.eventloop.samples.jobrunner;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * A command that clients may run.
 *
 * @param name its name in requests
 * @param description what it does
 * @param input whether it reads input
 * @param exec the program and its arguments
 * @param rules how its jobs are queued and run again
 */
record Command(String name, String description, boolean input, @JsonIgnore List<String> exec, @JsonIgnore Rules rules) {

	Command(String name, String description, boolean input, List<String> exec) {
		this(name, description, input, exec, new Rules(0, true, null, null));
	}

	String program() {
		return this.exec.get(0);
	}

	/**
	 * Leaves out the arguments, which may be secrets: this text gets into logs.
	 */
	@Override
	public String toString() {
		return "Command[" + this.name + "]";
	}

	/**
	 * How jobs of a command are queued and run again.
	 *
	 * @param priority their rank in the queue, higher first
	 * @param idempotent whether they may be run again
	 * @param limit how many run at a time on all instances, {@code null} for any number
	 * @param instanceLimit how many run at a time on one instance, {@code null} for any
	 * number
	 */
	record Rules(int priority, boolean idempotent, @Nullable Integer limit, @Nullable Integer instanceLimit) {

		boolean areLimited() {
			return this.limit != null || this.instanceLimit != null;
		}

		/**
		 * Return how many jobs may be with the scheduler at a time.
		 */
		long places(int instances) {
			long byInstance = (this.instanceLimit != null) ? (long) this.instanceLimit * Math.max(1, instances)
					: Long.MAX_VALUE;
			return (this.limit != null) ? Math.min(this.limit, byInstance) : byInstance;
		}

	}

}
