package io.eventloop.containment;

import java.io.IOException;
import java.time.Duration;

import io.eventloop.ChildTree;
import io.eventloop.SubprocessSpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes trees that are control groups, all below one of this process's.
 */
final class CgroupTrees implements TreeMaker {

	private static final Logger logger = LoggerFactory.getLogger(CgroupTrees.class);

	private final @Nullable Duration grace;

	private @Nullable Guardian guardian;

	private @Nullable Cgroup parent;

	private long trees;

	/**
	 * Create a maker.
	 * @param grace of the guardian, or {@code null} for no guardian
	 */
	CgroupTrees(@Nullable Duration grace) {
		this.grace = grace;
	}

	/**
	 * Return the name of the control group of a loop of this process.
	 */
	static String newName() {
		return "eventloop-%d-%s".formatted(ProcessHandle.current().pid(), TreeMark.unique());
	}

	@Override
	public ChildTree prepare(SubprocessSpec spec) throws IOException {
		Cgroup group;
		synchronized (this) {
			Cgroup known = this.parent;
			if (known == null) {
				known = CgroupSupport.create(newName());
				this.parent = known;
				hold(known);
			}
			if (this.guardian != null) {
				this.guardian.check();
			}
			group = known.subgroup(Long.toString(this.trees++));
		}
		return new CgroupTree(spec, group.create());
	}

	private void hold(Cgroup group) {
		if (this.grace != null) {
			Guardian held = Guardian.hold(this.grace);
			held.add(group);
			this.guardian = held;
		}
	}

	@Override
	public void killLeft() {
		Cgroup group;
		Guardian held;
		synchronized (this) {
			group = this.parent;
			held = this.guardian;
			this.parent = null;
			this.guardian = null;
		}
		if (group == null) {
			return;
		}
		try {
			LeftTrees.await(group.killAndRemove());
		}
		catch (IOException ex) {
			logger.warn("Control group {} cannot be killed; end what is in it by hand", group.path(), ex);
		}
		finally {
			if (held != null) {
				held.remove(group);
				held.release();
			}
		}
	}

}
