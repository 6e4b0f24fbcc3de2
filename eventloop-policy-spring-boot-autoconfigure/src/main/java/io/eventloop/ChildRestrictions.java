package io.eventloop;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a child may not do, or use up, that its parent may. Immutable. <pre>{@code
 * ChildRestrictions.NONE.withUser(65534, 65534).withCpu(Duration.ofSeconds(30)).withAs(1L << 30).withoutNewPrivileges()
 * }</pre> The child, and what it starts, has them from its first instruction on. They are
 * set by tools of the system that then execute the program in their place, so the child
 * has its pid, its group and its streams all the same: {@code setpriv} and
 * {@code prlimit} of util-linux, {@code nice} of the coreutils, and {@code /bin/sh} for
 * the umask. Where a tool is missing, or this process may not do what is wanted, the
 * child is not started.
 *
 * @param user the user's id; empty for this process's
 * @param group the group's id; empty for this process's, with all supplementary groups
 * @param umask the permissions that new files do not get; empty for this process's
 * @param nice what is added to this process's niceness
 * @param noNewPrivileges whether set-user-id programs give it no privileges
 * @param limits the limits of resources, hard and soft: seconds, bytes or numbers
 * @see SubprocessSpec#restrictions(ChildRestrictions)
 * @since 0.1.0
 */
public record ChildRestrictions(OptionalLong user, OptionalLong group, OptionalInt umask, OptionalInt nice,
		boolean noNewPrivileges, Map<Resource, Long> limits) {

	/**
	 * None: the child may do what this process may.
	 */
	public static final ChildRestrictions NONE = new ChildRestrictions(OptionalLong.empty(), OptionalLong.empty(),
			OptionalInt.empty(), OptionalInt.empty(), false, Map.of());

	private static final long LAST_ID = 0xFFFF_FFFEL;

	private static final int LAST_UMASK = 0777;

	private static final int FIRST_NICE = -20;

	private static final int LAST_NICE = 19;

	/**
	 * Create restrictions.
	 * @throws IllegalArgumentException if a number is out of its range, or there is a
	 * user without a group
	 */
	public ChildRestrictions {
		if (user.isPresent()) {
			requireRange("User id", user.getAsLong(), 0, LAST_ID);
		}
		if (group.isPresent()) {
			requireRange("Group id", group.getAsLong(), 0, LAST_ID);
		}
		if (user.isPresent() && group.isEmpty()) {
			throw new IllegalArgumentException(
					"User id %d has no group, so the child would keep the groups of this process; give it one"
						.formatted(user.getAsLong()));
		}
		if (umask.isPresent() && (umask.getAsInt() < 0 || umask.getAsInt() > LAST_UMASK)) {
			throw new IllegalArgumentException(
					"Umask %s is not within 000 and 777 (octal)".formatted(Integer.toOctalString(umask.getAsInt())));
		}
		if (nice.isPresent()) {
			requireRange("Niceness", nice.getAsInt(), FIRST_NICE, LAST_NICE);
		}
		for (Map.Entry<Resource, Long> limit : limits.entrySet()) {
			requireRange("Limit " + limit.getKey(), limit.getValue(), limit.getKey().least, Long.MAX_VALUE);
		}
		limits = Map.copyOf(limits);
	}

	private static void requireRange(String what, long value, long first, long last) {
		if (value < first || value > last) {
			throw new IllegalArgumentException("%s %d is not within %d and %d".formatted(what, value, first, last));
		}
	}

	/**
	 * Run it as another user, in a group and in no other.
	 * @param id the user's id
	 * @param groupId the group's id
	 * @return changed restrictions
	 * @throws IllegalArgumentException if one is negative, or above 4294967294
	 */
	public ChildRestrictions withUser(long id, long groupId) {
		return new ChildRestrictions(OptionalLong.of(id), OptionalLong.of(groupId), this.umask, this.nice,
				this.noNewPrivileges, this.limits);
	}

	/**
	 * Run it in another group, and in no other.
	 * @param id the group's id
	 * @return changed restrictions
	 * @throws IllegalArgumentException if it is negative, or above 4294967294
	 */
	public ChildRestrictions withGroup(long id) {
		return new ChildRestrictions(this.user, OptionalLong.of(id), this.umask, this.nice, this.noNewPrivileges,
				this.limits);
	}

	/**
	 * Set which permissions its new files do not get. The shell that sets it also sets
	 * {@code PWD}, and does not pass on inherited variables whose names have other
	 * characters than letters, digits and {@code _}; a child that is given such a
	 * variable is not started.
	 * @param mask the permissions, such as {@code 027}
	 * @return changed restrictions
	 * @throws IllegalArgumentException if it is not within 0 and 0777
	 */
	public ChildRestrictions withUmask(int mask) {
		return new ChildRestrictions(this.user, this.group, OptionalInt.of(mask), this.nice, this.noNewPrivileges,
				this.limits);
	}

	/**
	 * Have it give way to other processes.
	 * @param increment what is added to this process's niceness: 19 gives way to all;
	 * only the privileged may give a negative one
	 * @return changed restrictions
	 * @throws IllegalArgumentException if it is not within -20 and 19
	 */
	public ChildRestrictions withNice(int increment) {
		return new ChildRestrictions(this.user, this.group, this.umask, OptionalInt.of(increment), this.noNewPrivileges,
				this.limits);
	}

	/**
	 * Have it gain no privileges by executing a set-user-id program, such as
	 * {@code sudo}.
	 * @return changed restrictions
	 */
	public ChildRestrictions withoutNewPrivileges() {
		return new ChildRestrictions(this.user, this.group, this.umask, this.nice, true, this.limits);
	}

	/**
	 * Limit its processor time. Beyond it a process of the child's gets SIGXCPU, and
	 * SIGKILL a second later.
	 * @param time the time, which is rounded up to seconds
	 * @return changed restrictions
	 * @throws IllegalArgumentException if it is not positive
	 */
	public ChildRestrictions withCpu(Duration time) {
		return with(Resource.CPU, time.plusNanos(999_999_999).toSeconds());
	}

	/**
	 * Limit how many descriptors a process of the child's may have. Beyond it, opening
	 * one fails.
	 * @param descriptors how many
	 * @return changed restrictions
	 * @throws IllegalArgumentException if it is less than 3
	 */
	public ChildRestrictions withNofile(long descriptors) {
		return with(Resource.NOFILE, descriptors);
	}

	/**
	 * Limit how many processes and threads its user may have, all programs of that user's
	 * together. Beyond it the child starts no more. It does not hold for root.
	 * @param processes how many
	 * @return changed restrictions
	 * @throws IllegalArgumentException if it is not positive
	 */
	public ChildRestrictions withNproc(long processes) {
		return with(Resource.NPROC, processes);
	}

	/**
	 * Limit the address space of a process of the child's. Beyond it, an allocation
	 * fails.
	 * @param bytes how much
	 * @return changed restrictions
	 * @throws IllegalArgumentException if it is not positive
	 */
	public ChildRestrictions withAs(long bytes) {
		return with(Resource.AS, bytes);
	}

	/**
	 * Limit the size of a core dump.
	 * @param bytes how much; 0 for none
	 * @return changed restrictions
	 * @throws IllegalArgumentException if it is negative
	 */
	public ChildRestrictions withCore(long bytes) {
		return with(Resource.CORE, bytes);
	}

	/**
	 * Limit the size of a file that it writes. Beyond it the process gets SIGXFSZ.
	 * @param bytes how much
	 * @return changed restrictions
	 * @throws IllegalArgumentException if it is negative
	 */
	public ChildRestrictions withFsize(long bytes) {
		return with(Resource.FSIZE, bytes);
	}

	private ChildRestrictions with(Resource resource, long limit) {
		Map<Resource, Long> changed = new EnumMap<>(Resource.class);
		changed.putAll(this.limits);
		changed.put(resource, limit);
		return new ChildRestrictions(this.user, this.group, this.umask, this.nice, this.noNewPrivileges, changed);
	}

	/**
	 * Return whether there are none.
	 * @return whether a child may do what this process may
	 */
	public boolean isNone() {
		return this.user.isEmpty() && this.group.isEmpty() && this.umask.isEmpty() && this.nice.isEmpty()
				&& !this.noNewPrivileges && this.limits.isEmpty();
	}

	/**
	 * A resource that can be limited, as in setrlimit(2).
	 */
	public enum Resource {

		/** Processor time of a process, in seconds. */
		CPU("cpu", 1),

		/** Open descriptors of a process. */
		NOFILE("nofile", 3),

		/** Processes and threads of a user. */
		NPROC("nproc", 1),

		/** Address space of a process, in bytes. */
		AS("as", 1),

		/** Core dump, in bytes. */
		CORE("core", 0),

		/** File that is written, in bytes. */
		FSIZE("fsize", 0);

		private final String text;

		private final long least;

		Resource(String text, long least) {
			this.text = text;
			this.least = least;
		}

		/**
		 * Return the resource's name, as that of prlimit(1)'s option.
		 */
		@Override
		public String toString() {
			return this.text;
		}

	}

}
