package io.eventloop.containment;

/**
 * Ways to know what belongs to a child's tree.
 *
 * @since 0.1.0
 */
public enum ContainmentMechanism {

	/**
	 * The process group that the child leads, if it leads one, and a mark in its
	 * environment, if {@code /proc} shows environments here.
	 */
	AUTO,

	/**
	 * A control group for each child, which nothing that it starts can leave without the
	 * right to. Requires Linux 5.14 or later and a writable control group of version 2,
	 * and costs one exec more per child.
	 */
	CGROUP,

	/**
	 * A mark in the child's environment, which everything that it starts inherits,
	 * whatever group, session or parent it has later. Besides, the process group that the
	 * child leads, if it leads one. Requires Linux.
	 */
	MARK,

	/**
	 * The process group that the child leads, if it leads one. What has left the group
	 * escapes.
	 */
	GROUP

}
