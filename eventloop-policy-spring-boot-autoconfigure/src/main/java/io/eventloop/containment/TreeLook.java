package io.eventloop.containment;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.eventloop.Signal;
import io.eventloop.posix.BootClock;
import org.jspecify.annotations.Nullable;

/**
 * One look through all processes, for the members of some trees. A process belongs to a
 * tree
 * <ul>
 * <li>if its environment has the tree's mark,
 * <li>if it was seen to belong to it before,
 * <li>if it is in the group that the tree's root leads,
 * <li>if its parent, or the leader of its group, belongs to it,
 * <li>or if a member is in the same session, and that is not this process's: it was made
 * within the tree then.
 * </ul>
 * So one that has cleared its environment is found as long as one of these is there.
 * Those to be killed are sent SIGKILL as soon as they are found, the youngest first: what
 * forks and exits all the time is gone at the end of a look.
 */
final class TreeLook {

	private static final ProcessEntry SELF = ProcessEntry.read((int) ProcessHandle.current().pid())
		.orElse(new ProcessEntry(0, "", 'R', 0, 0, 0, 0));

	private final List<ProcessEntry> processes = new ArrayList<>();

	/**
	 * The members, by their pids.
	 */
	private final Map<Integer, Member> members = new HashMap<>();

	/**
	 * A member for each session that was made within a tree.
	 */
	private final Map<Integer, Member> sessions = new HashMap<>();

	private final long begin = BootClock.now();

	private final Collection<TreeMembers> trees;

	private final Collection<TreeMembers> dying;

	private boolean vanished;

	private TreeLook(Collection<TreeMembers> trees, Collection<TreeMembers> dying) {
		this.trees = trees;
		this.dying = dying;
	}

	/**
	 * Take a look.
	 * @param trees what to search for
	 * @param dying those of them to be killed
	 */
	static TreeLook at(Collection<TreeMembers> trees, Collection<TreeMembers> dying) throws IOException {
		TreeLook look = new TreeLook(trees, dying);
		Set<Integer> pids = new HashSet<>();
		for (int pid : ProcessEntry.pids()) {
			pids.add(pid);
			look.look(pid);
		}
		look.findRelated();
		trees.forEach((tree) -> tree.keep(pids));
		return look;
	}

	/**
	 * Look at a process, unless it is older than this one: no tree of ours has it then.
	 */
	private void look(int pid) {
		Optional<ProcessEntry> process = ProcessEntry.read(pid);
		if (process.isEmpty()) {
			this.vanished = true;
		}
		else if (process.get().start() >= SELF.start()) {
			look(process.get());
		}
	}

	private void look(ProcessEntry process) {
		this.processes.add(process);
		try {
			List<String> marks = TreeMark.read(process.pid());
			Set<TreeMembers> owners = this.trees.stream()
				.filter((tree) -> tree.have(marks) || tree.contains(process) || tree.haveInGroup(process))
				.collect(Collectors.toSet());
			if (!owners.isEmpty()) {
				add(process, owners);
			}
		}
		catch (NoSuchFileException ex) {
			this.vanished = true;
		}
	}

	private void findRelated() {
		boolean more = true;
		while (more) {
			more = false;
			for (ProcessEntry process : this.processes) {
				Member relative = this.members.containsKey(process.pid()) ? null : relative(process);
				if (relative != null) {
					add(process, relative.owners);
					more = true;
				}
			}
		}
	}

	private @Nullable Member relative(ProcessEntry process) {
		Member parent = this.members.get(process.parent());
		// Else that number was another process's when the child was seen
		if (parent != null && parent.process.start() <= process.start() && isRelated(process, parent)) {
			return parent;
		}
		Member leader = this.members.get(process.group());
		if (leader != null && isRelated(process, leader)) {
			return leader;
		}
		Member mate = this.sessions.get(process.session());
		return (mate != null && isRelated(process, mate)) ? mate : null;
	}

	/**
	 * Return whether the number that relates a process to a member is the member's. It is
	 * if the process is older than this look, in which the member was seen. The number of
	 * a younger one's relative may have been given away since: so both are to be there
	 * still.
	 */
	private boolean isRelated(ProcessEntry process, Member relative) {
		return process.start() < this.begin || (process.isUnchanged() && relative.process.isThere());
	}

	private void add(ProcessEntry process, Set<TreeMembers> owners) {
		Member member = new Member(process, owners);
		this.members.put(process.pid(), member);
		owners.forEach((tree) -> tree.add(process));
		if (isInSessionOfTree(process)) {
			this.sessions.putIfAbsent(process.session(), member);
		}
		if (process.isAlive() && owners.stream().anyMatch(this.dying::contains)) {
			ProcessSignals.send(process, Signal.SIGKILL, isInSessionOfTree(process));
		}
	}

	/**
	 * Return whether the session, and with it the group, of a member was made within its
	 * tree.
	 */
	private static boolean isInSessionOfTree(ProcessEntry member) {
		return member.session() != SELF.session() && member.session() != 0;
	}

	/**
	 * Return the members of a tree that are alive, or were until this look has killed
	 * them, with its root.
	 */
	List<ProcessEntry> alive(TreeMembers tree) {
		return this.members.values()
			.stream()
			.filter((member) -> member.process.isAlive() && member.owners.contains(tree))
			.map(Member::process)
			.toList();
	}

	/**
	 * Return whether processes have ended before it was seen whose they were.
	 */
	boolean isUncertain() {
		return this.vanished;
	}

	/**
	 * Return orphans that may belong to a tree, although nothing shows it: their
	 * environment was cleared, and they were started later than its root.
	 */
	List<ProcessEntry> suspects(long since) {
		return this.processes.stream()
			.filter((process) -> process.isAlive() && process.parent() == 1 && process.start() >= since
					&& !this.members.containsKey(process.pid()) && TreeMark.isCleared(process.pid()))
			.toList();
	}

	/**
	 * A process and the trees that it belongs to.
	 *
	 * @param process the process
	 * @param owners the trees, several where one search is for all trees of a loop
	 */
	private record Member(ProcessEntry process, Set<TreeMembers> owners) {

	}

}
