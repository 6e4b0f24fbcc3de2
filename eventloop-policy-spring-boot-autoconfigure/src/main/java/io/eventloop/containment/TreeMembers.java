package io.eventloop.containment;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.eventloop.TreeRoot;
import org.jspecify.annotations.Nullable;

/**
 * What a look through all processes searches for: those that have a mark, and those that
 * were seen to belong to them. May be used from any thread.
 */
final class TreeMembers {

	private final String mark;

	private final boolean all;

	private final Map<Integer, Long> seen = new HashMap<>(2);

	private volatile @Nullable TreeRoot leader;

	private long since = Long.MAX_VALUE;

	private TreeMembers(String mark, boolean all) {
		this.mark = mark;
		this.all = all;
	}

	/**
	 * The members of the tree that has a mark.
	 */
	static TreeMembers of(String mark) {
		return new TreeMembers(mark, false);
	}

	/**
	 * The members of all trees whose marks begin so.
	 */
	static TreeMembers ofAll(String prefix) {
		return new TreeMembers(prefix, true);
	}

	/**
	 * Return the mark, or what the marks begin with.
	 */
	String mark() {
		return this.mark;
	}

	/**
	 * Return what is left of this when it is known by its mark alone.
	 */
	TreeMembers withoutMembers() {
		return new TreeMembers(this.mark, this.all);
	}

	/**
	 * Return whether one of these marks is that of the tree.
	 */
	boolean have(Iterable<String> marks) {
		for (String one : marks) {
			if (this.all ? one.startsWith(this.mark) : one.equals(this.mark)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Note a process as a member, whatever becomes of its parents and its environment.
	 */
	synchronized void add(ProcessEntry process) {
		this.seen.put(process.pid(), process.start());
		this.since = Math.min(this.since, process.start());
	}

	/**
	 * Return when the oldest member was started, of those that were ever seen.
	 */
	synchronized long since() {
		return this.since;
	}

	/**
	 * Return whether a process was noted before.
	 */
	synchronized boolean contains(ProcessEntry process) {
		Long start = this.seen.get(process.pid());
		return start != null && start == process.start();
	}

	/**
	 * Declare that the tree's root leads a process group, whose number is no other
	 * group's as long as the root is not reaped, or the group has members.
	 */
	void leads(TreeRoot root) {
		this.leader = root;
	}

	/**
	 * Return whether a process, as it was seen before, is in the group that the root
	 * leads, or led.
	 */
	boolean haveInGroup(ProcessEntry process) {
		TreeRoot known = this.leader;
		return known != null && process.group() == known.pid() && known.ownsGroupOf(process.session(), process.start());
	}

	/**
	 * Forget those that are gone.
	 */
	synchronized void keep(Set<Integer> pids) {
		this.seen.keySet().retainAll(pids);
	}

}
