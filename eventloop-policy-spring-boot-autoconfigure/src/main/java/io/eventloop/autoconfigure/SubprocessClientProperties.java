package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties for the client that runs commands.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("eventloop.client")
public class SubprocessClientProperties {

	/**
	 * Commands by their names, each with exec and settings of its own.
	 */
	private final Map<String, Command> commands = new LinkedHashMap<>();

	private final Defaults defaults = new Defaults();

	/**
	 * Whether messages of failed commands have the last lines of their standard error.
	 */
	private boolean errorsInMessages = true;

	/**
	 * Number of commands that run at a time. 0 for no limit.
	 */
	private int maxConcurrent;

	/**
	 * Number of commands that wait for a place among those that run at a time. All others
	 * are rejected.
	 */
	private int queue = 1000;

	/**
	 * Whether children are given the trace that they belong to, in the variable
	 * TRACEPARENT. Requires Micrometer Tracing.
	 */
	private boolean propagateTrace;

	public Map<String, Command> getCommands() {
		return this.commands;
	}

	public Defaults getDefaults() {
		return this.defaults;
	}

	public boolean isErrorsInMessages() {
		return this.errorsInMessages;
	}

	public void setErrorsInMessages(boolean errorsInMessages) {
		this.errorsInMessages = errorsInMessages;
	}

	public boolean isPropagateTrace() {
		return this.propagateTrace;
	}

	public void setPropagateTrace(boolean propagateTrace) {
		this.propagateTrace = propagateTrace;
	}

	public int getMaxConcurrent() {
		return this.maxConcurrent;
	}

	public void setMaxConcurrent(int maxConcurrent) {
		this.maxConcurrent = maxConcurrent;
	}

	public int getQueue() {
		return this.queue;
	}

	public void setQueue(int queue) {
		this.queue = queue;
	}

	/**
	 * What holds for every command unless it says otherwise.
	 */
	public static class Defaults {

		/**
		 * Time to wait for the end of a command's output after its exit.
		 */
		private Duration drainTimeout = Duration.ofSeconds(2);

		/**
		 * Size up to which a command's output is collected. Beyond it the command is
		 * ended.
		 */
		private DataSize maxOutput = DataSize.ofMegabytes(64);

		/**
		 * How a command is ended: steps with the time before the next one.
		 */
		private String teardown = "close-input 1s, SIGTERM 5s, SIGKILL";

		/**
		 * Time for a command, including the wait for a place and for its output. 0s for
		 * no deadline.
		 */
		private Duration timeout = Duration.ofSeconds(0);

		public Duration getDrainTimeout() {
			return this.drainTimeout;
		}

		public void setDrainTimeout(Duration drainTimeout) {
			this.drainTimeout = drainTimeout;
		}

		public DataSize getMaxOutput() {
			return this.maxOutput;
		}

		public void setMaxOutput(DataSize maxOutput) {
			this.maxOutput = maxOutput;
		}

		public String getTeardown() {
			return this.teardown;
		}

		public void setTeardown(String teardown) {
			this.teardown = teardown;
		}

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

	}

	/**
	 * A command that has a name.
	 */
	public static class Command extends ProgramProperties {

		/**
		 * Time for it, including the wait for a place and for its output.
		 */
		private @Nullable Duration timeout;

		/**
		 * Time to wait for the end of its output after its exit.
		 */
		private @Nullable Duration drainTimeout;

		/**
		 * Size up to which its output is collected.
		 */
		private @Nullable DataSize maxOutput;

		/**
		 * Number of its runs that go on at a time. 0 for no limit.
		 */
		private int maxConcurrent;

		/**
		 * Number of its runs that wait for a place among those that go on at a time.
		 */
		private int queue = 1000;

		/**
		 * Exit codes that are success, in place of 0.
		 */
		private List<Integer> successCodes = new ArrayList<>();

		/**
		 * How it is ended: steps with the time before the next one.
		 */
		private @Nullable String teardown;

		/**
		 * Whether what it leaves running is ended at its exit.
		 */
		private boolean endTreeOnExit;

		/**
		 * Whether the application fails to start where its program is missing. Otherwise
		 * a warning is logged.
		 */
		private boolean required;

		public @Nullable Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(@Nullable Duration timeout) {
			this.timeout = timeout;
		}

		public @Nullable Duration getDrainTimeout() {
			return this.drainTimeout;
		}

		public void setDrainTimeout(@Nullable Duration drainTimeout) {
			this.drainTimeout = drainTimeout;
		}

		public @Nullable DataSize getMaxOutput() {
			return this.maxOutput;
		}

		public void setMaxOutput(@Nullable DataSize maxOutput) {
			this.maxOutput = maxOutput;
		}

		public int getMaxConcurrent() {
			return this.maxConcurrent;
		}

		public void setMaxConcurrent(int maxConcurrent) {
			this.maxConcurrent = maxConcurrent;
		}

		public int getQueue() {
			return this.queue;
		}

		public void setQueue(int queue) {
			this.queue = queue;
		}

		public List<Integer> getSuccessCodes() {
			return this.successCodes;
		}

		public void setSuccessCodes(List<Integer> successCodes) {
			this.successCodes = successCodes;
		}

		public @Nullable String getTeardown() {
			return this.teardown;
		}

		public void setTeardown(@Nullable String teardown) {
			this.teardown = teardown;
		}

		public boolean isEndTreeOnExit() {
			return this.endTreeOnExit;
		}

		public void setEndTreeOnExit(boolean endTreeOnExit) {
			this.endTreeOnExit = endTreeOnExit;
		}

		public boolean isRequired() {
			return this.required;
		}

		public void setRequired(boolean required) {
			this.required = required;
		}

	}

}
