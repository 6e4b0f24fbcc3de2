package io.eventloop.containment;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

import io.eventloop.ChildContainment;
import io.eventloop.ChildTree;
import io.eventloop.EventLoop;
import io.eventloop.SubprocessSpec;
import io.eventloop.UnsupportedPlatformException;
import org.jspecify.annotations.Nullable;

/**
 * Contains a loop's children with everything that they start. <pre>{@code
 * loop.setChildContainment(TreeContainment.builder().killOnExit(Duration.ofSeconds(10)).build());
 * }</pre> With {@link ContainmentMechanism#MARK} each child has one more variable in its
 * environment, {@code EVENTLOOP_TREE}, which what it starts inherits. Whatever ends the
 * child then ends all processes that have its mark, in rounds until two looks through
 * {@code /proc} find none, and the loop's close ends what children have left behind that
 * exited by themselves. What has cleared its environment is found as long as its parent,
 * or the leader of its group or session, lives; else it escapes, and is named in a
 * warning if it can be told.
 * <p>
 * With {@link ContainmentMechanism#CGROUP} each child is in a control group of its own,
 * which one write ends as a whole.
 * <p>
 * With {@link Builder#killOnExit} all of it ends too if this JVM is killed, crashes or
 * halts: a small shell process, the guardian, outlives it for that. It is started with
 * the first child, and ends with the last loop that has it.
 * <p>
 * Each belongs to one loop. All methods may be called from any thread.
 *
 * @since 0.1.0
 * @see EventLoop#setChildContainment
 */
public final class TreeContainment implements ChildContainment {

	private static final String CONFIGURED = "It is configured";

	private final ContainmentMechanism mechanism;

	private final String reason;

	private final boolean killsOnExit;

	private final @Nullable TreeMaker trees;

	private TreeContainment(ContainmentMechanism mechanism, String reason, boolean killsOnExit,
			@Nullable TreeMaker trees) {
		this.mechanism = mechanism;
		this.reason = reason;
		this.killsOnExit = killsOnExit;
		this.trees = trees;
	}

	/**
	 * Begin to describe one.
	 * @return a builder, set to {@link ContainmentMechanism#AUTO} and to let children
	 * live on if this JVM is killed
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the guardian of this process, for code that counts children and descriptors.
	 * @return the guardian, empty while no loop has one
	 */
	public static Optional<GuardianProcess> guardian() {
		return Guardian.running();
	}

	/**
	 * Kill the orphans that this process has adopted, as process 1 or as a subreaper, and
	 * that have the mark of a tree that was killed: of the last 1,024 such trees, or of
	 * any that a loop's close has killed. Takes microseconds while there are no orphans.
	 * @see io.eventloop.watcher.OrphanReaper
	 */
	public static void killOrphans() {
		EndedTrees.OF_PROCESS.killOrphans();
	}

	/**
	 * Return the mechanism in use.
	 * @return the mechanism, never {@link ContainmentMechanism#AUTO}
	 */
	public ContainmentMechanism mechanism() {
		return this.mechanism;
	}

	/**
	 * Return why it is in use.
	 * @return a sentence
	 */
	public String reason() {
		return this.reason;
	}

	/**
	 * Return whether trees end with this JVM, however it ends.
	 * @return whether they do
	 */
	public boolean killsOnExit() {
		return this.killsOnExit;
	}

	@Override
	public ChildTree prepare(SubprocessSpec spec) throws IOException {
		return (this.trees != null) ? this.trees.prepare(spec) : GROUP.prepare(spec);
	}

	@Override
	public void killLeft() {
		if (this.trees != null) {
			this.trees.killLeft();
		}
	}

	@Override
	public String toString() {
		return "TreeContainment[mechanism=%s, killOnExit=%s]".formatted(this.mechanism, killsOnExit());
	}

	/**
	 * Builds a {@link TreeContainment}.
	 */
	public static final class Builder {

		private ContainmentMechanism mechanism = ContainmentMechanism.AUTO;

		private @Nullable Duration grace;

		private Builder() {
		}

		/**
		 * Set the mechanism.
		 * @param choice the mechanism
		 * @return this
		 */
		public Builder mechanism(ContainmentMechanism choice) {
			this.mechanism = Objects.requireNonNull(choice, "'choice' must not be null");
			return this;
		}

		/**
		 * End all trees also if this JVM dies without ending them.
		 * @param period how long they have between SIGTERM and SIGKILL then; rounded up
		 * to seconds
		 * @return this
		 * @throws IllegalArgumentException if it is negative
		 */
		public Builder killOnExit(Duration period) {
			if (period.isNegative()) {
				throw new IllegalArgumentException(
						"Grace %s of kill on exit is negative; give zero or more".formatted(period));
			}
			this.grace = period;
			return this;
		}

		/**
		 * Build it.
		 * @return a new containment, for one loop
		 * @throws UnsupportedPlatformException if the mechanism that was asked for does
		 * not work here
		 */
		public TreeContainment build() {
			return switch (this.mechanism) {
				case GROUP -> byGroup(CONFIGURED);
				case MARK -> {
					MarkSupport.problem().ifPresent((why) -> {
						throw unsupported(why, null);
					});
					yield byMark(CONFIGURED);
				}
				case CGROUP -> byCgroup();
				case AUTO -> MarkSupport.problem()
					.map((why) -> byGroup("Chose process groups alone because " + why))
					.orElseGet(
							() -> byMark("Chose marks besides process groups because /proc shows environments here"));
			};
		}

		private static TreeContainment byGroup(String reason) {
			return new TreeContainment(ContainmentMechanism.GROUP, reason, false, null);
		}

		private TreeContainment byMark(String reason) {
			return new TreeContainment(ContainmentMechanism.MARK, reason, this.grace != null,
					new MarkedTrees(this.grace));
		}

		private TreeContainment byCgroup() {
			try {
				CgroupSupport.create(CgroupTrees.newName()).remove();
				return new TreeContainment(ContainmentMechanism.CGROUP, CONFIGURED, this.grace != null,
						new CgroupTrees(this.grace));
			}
			catch (IOException ex) {
				throw unsupported(ex.getMessage(), ex);
			}
		}

		private UnsupportedPlatformException unsupported(@Nullable String why, @Nullable Exception cause) {
			return new UnsupportedPlatformException("Containment '%s' does not work here: %s"
				.formatted(this.mechanism.name().toLowerCase(Locale.ROOT), why),
					"choose eventloop.containment=auto, or group", cause);
		}

	}

}
