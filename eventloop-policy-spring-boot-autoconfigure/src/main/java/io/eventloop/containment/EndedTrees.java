package io.eventloop.containment;

import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.eventloop.Signal;
import io.eventloop.posix.AdoptedChildren;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The marks of the trees that were killed last. An orphan that has one of them should
 * have been killed as well, and is killed when this process adopts it. May be used from
 * any thread.
 */
final class EndedTrees {

	static final EndedTrees OF_PROCESS = new EndedTrees();

	/**
	 * How many marks are remembered.
	 */
	static final int MOST = 1024;

	private static final Logger logger = LoggerFactory.getLogger(EndedTrees.class);

	private final Map<String, TreeMembers> marks = new LinkedHashMap<>();

	/**
	 * Remember the mark of a tree that is being killed, and forget the oldest one if
	 * there are too many.
	 */
	synchronized void add(TreeMembers tree) {
		this.marks.remove(tree.mark());
		this.marks.put(tree.mark(), tree.withoutMembers());
		if (this.marks.size() > MOST) {
			this.marks.remove(this.marks.keySet().iterator().next());
		}
	}

	synchronized boolean have(List<String> some) {
		return this.marks.values().stream().anyMatch((tree) -> tree.have(some));
	}

	private synchronized boolean isEmpty() {
		return this.marks.isEmpty();
	}

	/**
	 * Kill the adopted children of this process that have one of the marks. What they
	 * have started becomes an orphan, which the next call finds.
	 */
	void killOrphans() {
		if (!isEmpty()) {
			AdoptedChildren.pids().forEach(this::killIfEnded);
		}
	}

	private void killIfEnded(int pid) {
		ProcessEntry.read(pid).filter(ProcessEntry::isAlive).filter(this::isOfEndedTree).ifPresent((orphan) -> {
			logger.debug("Killing orphan {}: it belongs to a tree that was killed", orphan);
			ProcessSignals.send(orphan, Signal.SIGKILL, false);
		});
	}

	private boolean isOfEndedTree(ProcessEntry orphan) {
		try {
			return have(TreeMark.read(orphan.pid()));
		}
		catch (NoSuchFileException ex) {
			return false;
		}
	}

}
