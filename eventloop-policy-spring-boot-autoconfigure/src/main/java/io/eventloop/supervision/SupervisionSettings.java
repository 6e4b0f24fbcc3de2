package io.eventloop.supervision;

import java.time.Duration;
import java.util.Objects;

import io.eventloop.Signal;
import io.eventloop.SubprocessSpec;
import io.eventloop.Teardown;
import org.jspecify.annotations.Nullable;

/**
 * What a supervised process runs, and how. Immutable: every method that changes something
 * returns new settings. Unless said otherwise it is ready as soon as it is launched,
 * started again on a failure, with {@link Backoff#DEFAULT} and
 * {@link StartLimit#DEFAULT}, and its output is logged.
 *
 * @since 0.1.0
 */
public final class SupervisionSettings {

	/**
	 * How a process is ended unless said otherwise.
	 */
	public static final Teardown DEFAULT_TEARDOWN = Teardown.closeInput(Duration.ofSeconds(1))
		.then(Signal.SIGTERM, Duration.ofSeconds(5))
		.thenKill();

	private final SubprocessSpec spec;

	private final Plan plan;

	private SupervisionSettings(SubprocessSpec spec, Plan plan) {
		this.spec = spec;
		this.plan = plan;
	}

	/**
	 * Create settings.
	 * @param spec the program. Its streams are the supervision's; it leads a process
	 * group, unless it says otherwise
	 * @return the settings
	 * @throws IllegalArgumentException if the spec is detached, or has a teardown that
	 * does not end with a kill
	 */
	public static SupervisionSettings of(SubprocessSpec spec) {
		if (spec.isDetached()) {
			throw new IllegalArgumentException(
					"%s is detached, so it cannot be supervised; leave out detached()".formatted(spec.name()));
		}
		Teardown teardown = spec.teardown();
		return new SupervisionSettings(spec,
				new Plan(RestartPolicy.ON_FAILURE, Backoff.DEFAULT, StartLimit.DEFAULT, Readiness.launched(), null,
						(teardown != null) ? requireKill(teardown) : DEFAULT_TEARDOWN, SupervisedOutput.LOG));
	}

	/**
	 * Set whether it is started again when it has ended.
	 * @param restart the policy
	 * @return new settings
	 */
	public SupervisionSettings restart(RestartPolicy restart) {
		return with(new Plan(restart, backoff(), startLimit(), readiness(), liveness(), teardown(), output()));
	}

	/**
	 * Set how long it waits before it is started again.
	 * @param backoff the delays
	 * @return new settings
	 */
	public SupervisionSettings backoff(Backoff backoff) {
		return with(new Plan(restart(), backoff, startLimit(), readiness(), liveness(), teardown(), output()));
	}

	/**
	 * Set how often it is started by itself before it has failed.
	 * @param limit the limit
	 * @return new settings
	 */
	public SupervisionSettings startLimit(StartLimit limit) {
		return with(new Plan(restart(), backoff(), limit, readiness(), liveness(), teardown(), output()));
	}

	/**
	 * Set when it is ready.
	 * @param readiness the readiness
	 * @return new settings
	 */
	public SupervisionSettings ready(Readiness readiness) {
		return with(new Plan(restart(), backoff(), startLimit(), readiness, liveness(), teardown(), output()));
	}

	/**
	 * Set how it is known that it still works.
	 * @param liveness the liveness
	 * @return new settings
	 */
	public SupervisionSettings alive(Liveness liveness) {
		return with(new Plan(restart(), backoff(), startLimit(), readiness(), liveness, teardown(), output()));
	}

	/**
	 * Set how it is ended, with its whole tree.
	 * @param teardown the ladder
	 * @return new settings
	 * @throws IllegalArgumentException if the ladder does not end with a kill
	 */
	public SupervisionSettings teardown(Teardown teardown) {
		return with(
				new Plan(restart(), backoff(), startLimit(), readiness(), liveness(), requireKill(teardown), output()));
	}

	/**
	 * Set where its standard output goes.
	 * @param output the owner
	 * @return new settings
	 */
	public SupervisionSettings output(SupervisedOutput output) {
		return with(new Plan(restart(), backoff(), startLimit(), readiness(), liveness(), teardown(), output));
	}

	private static Teardown requireKill(Teardown teardown) {
		if (!teardown.kills()) {
			throw new IllegalArgumentException(
					"The teardown '%s' does not end with SIGKILL, so a process may survive it; add thenKill()"
						.formatted(teardown));
		}
		return teardown;
	}

	private SupervisionSettings with(Plan newPlan) {
		return new SupervisionSettings(this.spec, newPlan);
	}

	/**
	 * Return what it runs.
	 * @return the spec that these settings were made of
	 */
	public SubprocessSpec spec() {
		return this.spec;
	}

	RestartPolicy restart() {
		return this.plan.restart();
	}

	Backoff backoff() {
		return this.plan.backoff();
	}

	StartLimit startLimit() {
		return this.plan.startLimit();
	}

	Readiness readiness() {
		return this.plan.readiness();
	}

	@Nullable Liveness liveness() {
		return this.plan.liveness();
	}

	/**
	 * Return how long it may send no {@code WATCHDOG=1}, or {@code null} if it need not.
	 */
	@Nullable Duration watchdog() {
		Liveness liveness = liveness();
		return (liveness != null) ? liveness.watchdog() : null;
	}

	/**
	 * Return whether it is listened to.
	 */
	boolean isNotified() {
		return readiness().isNotified() || watchdog() != null;
	}

	Teardown teardown() {
		return this.plan.teardown();
	}

	SupervisedOutput output() {
		return this.plan.output();
	}

	@Override
	public String toString() {
		return "SupervisionSettings[program=%s]".formatted(this.spec.program());
	}

	/**
	 * What is set.
	 */
	private record Plan(RestartPolicy restart, Backoff backoff, StartLimit startLimit, Readiness readiness,
			@Nullable Liveness liveness, Teardown teardown, SupervisedOutput output) {

		Plan {
			Objects.requireNonNull(restart, "'restart' must not be null");
			Objects.requireNonNull(backoff, "'backoff' must not be null");
			Objects.requireNonNull(startLimit, "'startLimit' must not be null");
			Objects.requireNonNull(readiness, "'readiness' must not be null");
			Objects.requireNonNull(output, "'output' must not be null");
		}

	}

}
