package io.eventloop.autoconfigure;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.eventloop.supervision.RestartPolicy;
import io.eventloop.supervision.SupervisedOutput;
import org.jspecify.annotations.Nullable;

/**
 * Configuration properties of one program that is kept running, below
 * {@code eventloop.services.NAME}.
 *
 * @since 0.1.0
 */
public class SupervisedProcessProperties extends ProgramProperties {

	/**
	 * Whether it is started again when it has ended.
	 */
	private RestartPolicy restart = RestartPolicy.ON_FAILURE;

	private final Delays backoff = new Delays();

	private final Limit startLimit = new Limit();

	private final Ready ready = new Ready();

	private final Alive alive = new Alive();

	/**
	 * How it is ended: steps with the time before the next one.
	 */
	private List<String> stop = new ArrayList<>(List.of("close-input 1s", "SIGTERM 5s", "SIGKILL"));

	/**
	 * Names of those that are ready before it is started.
	 */
	private List<String> dependsOn = new ArrayList<>();

	/**
	 * Where its standard output goes.
	 */
	private SupervisedOutput output = SupervisedOutput.LOG;

	/**
	 * Whether the application's start waits until it is ready, and fails if it is not.
	 */
	private boolean wait;

	public RestartPolicy getRestart() {
		return this.restart;
	}

	public void setRestart(RestartPolicy restart) {
		this.restart = restart;
	}

	public Delays getBackoff() {
		return this.backoff;
	}

	public Limit getStartLimit() {
		return this.startLimit;
	}

	public Ready getReady() {
		return this.ready;
	}

	public Alive getAlive() {
		return this.alive;
	}

	public List<String> getStop() {
		return this.stop;
	}

	public void setStop(List<String> stop) {
		this.stop = stop;
	}

	public List<String> getDependsOn() {
		return this.dependsOn;
	}

	public void setDependsOn(List<String> dependsOn) {
		this.dependsOn = dependsOn;
	}

	public SupervisedOutput getOutput() {
		return this.output;
	}

	public void setOutput(SupervisedOutput output) {
		this.output = output;
	}

	public boolean isWait() {
		return this.wait;
	}

	public void setWait(boolean wait) {
		this.wait = wait;
	}

	/**
	 * How long it waits before it is started again.
	 */
	public static class Delays {

		/**
		 * First delay.
		 */
		private Duration initial = Duration.ofSeconds(1);

		/**
		 * Longest delay.
		 */
		private Duration max = Duration.ofMinutes(1);

		/**
		 * What each further failure multiplies the delay with.
		 */
		private double multiplier = 2;

		/**
		 * Part of itself by which a delay is shortened or lengthened at random.
		 */
		private double jitter = 0.2;

		/**
		 * Time it must have run for the next delay to be the first one again.
		 */
		private Duration resetAfter = Duration.ofMinutes(5);

		public Duration getInitial() {
			return this.initial;
		}

		public void setInitial(Duration initial) {
			this.initial = initial;
		}

		public Duration getMax() {
			return this.max;
		}

		public void setMax(Duration max) {
			this.max = max;
		}

		public double getMultiplier() {
			return this.multiplier;
		}

		public void setMultiplier(double multiplier) {
			this.multiplier = multiplier;
		}

		public double getJitter() {
			return this.jitter;
		}

		public void setJitter(double jitter) {
			this.jitter = jitter;
		}

		public Duration getResetAfter() {
			return this.resetAfter;
		}

		public void setResetAfter(Duration resetAfter) {
			this.resetAfter = resetAfter;
		}

	}

	/**
	 * How often it is started by itself before it has failed.
	 */
	public static class Limit {

		/**
		 * Number of starts, with the first one.
		 */
		private int count = 5;

		/**
		 * Time in which they are counted.
		 */
		private Duration within = Duration.ofMinutes(10);

		public int getCount() {
			return this.count;
		}

		public void setCount(int count) {
			this.count = count;
		}

		public Duration getWithin() {
			return this.within;
		}

		public void setWithin(Duration within) {
			this.within = within;
		}

	}

	/**
	 * What is asked from outside.
	 */
	public static class Asked {

		/**
		 * Host and port that accept a connection.
		 */
		private @Nullable String tcp;

		/**
		 * Path of a Unix domain socket that accepts a connection.
		 */
		private @Nullable Path unix;

		/**
		 * URI that is answered with a status of 200 to 399.
		 */
		private @Nullable URI http;

		/**
		 * Program, with its arguments, that exits with code 0.
		 */
		private List<String> exec = new ArrayList<>();

		public @Nullable String getTcp() {
			return this.tcp;
		}

		public void setTcp(@Nullable String tcp) {
			this.tcp = tcp;
		}

		public @Nullable Path getUnix() {
			return this.unix;
		}

		public void setUnix(@Nullable Path unix) {
			this.unix = unix;
		}

		public @Nullable URI getHttp() {
			return this.http;
		}

		public void setHttp(@Nullable URI http) {
			this.http = http;
		}

		public List<String> getExec() {
			return this.exec;
		}

		public void setExec(List<String> exec) {
			this.exec = exec;
		}

	}

	/**
	 * When it is ready.
	 */
	public static class Ready extends Asked {

		/**
		 * Regular expression that a part of a line of its output matches.
		 */
		private @Nullable String line;

		/**
		 * Whether it says so with sd_notify: READY=1.
		 */
		private boolean notify;

		/**
		 * Time it may take to be ready.
		 */
		private Duration timeout = Duration.ofSeconds(30);

		public @Nullable String getLine() {
			return this.line;
		}

		public void setLine(@Nullable String line) {
			this.line = line;
		}

		public boolean isNotify() {
			return this.notify;
		}

		public void setNotify(boolean notify) {
			this.notify = notify;
		}

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

	}

	/**
	 * How it is known that it still works.
	 */
	public static class Alive extends Asked {

		/**
		 * Whether it says so with sd_notify: WATCHDOG=1.
		 */
		private boolean notify;

		/**
		 * Time between two probes, or two notifications.
		 */
		private Duration period = Duration.ofSeconds(10);

		/**
		 * Number of probes in a row without an answer, or of periods without a
		 * notification, after which it is ended.
		 */
		private int failures = 3;

		public boolean isNotify() {
			return this.notify;
		}

		public void setNotify(boolean notify) {
			this.notify = notify;
		}

		public Duration getPeriod() {
			return this.period;
		}

		public void setPeriod(Duration period) {
			this.period = period;
		}

		public int getFailures() {
			return this.failures;
		}

		public void setFailures(int failures) {
			this.failures = failures;
		}

	}

}
