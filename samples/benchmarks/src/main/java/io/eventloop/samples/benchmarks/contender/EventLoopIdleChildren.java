package io.eventloop.samples.benchmarks.contender;

import java.util.ArrayList;
import java.util.List;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;

/**
 * Idle children of this project's loop.
 */
final class EventLoopIdleChildren {

	static final int IN_FLIGHT = 16;

	private final EventLoop loop;

	private final int killed;

	private final List<Subprocess> children = new ArrayList<>();

	private LoopFuture<Void> noneLeft;

	private int left;

	private int wrong;

	/**
	 * Create the object, without children.
	 * @param loop the loop
	 * @param killed the return code of a child that was killed
	 */
	EventLoopIdleChildren(EventLoop loop, int killed) {
		this.loop = loop;
		this.killed = killed;
		this.noneLeft = loop.createFuture();
	}

	void start(int count) {
		SubprocessSpec spec = SubprocessSpec.exec(ChildProgram.IDLE);
		new Flow(this.loop, count, IN_FLIGHT, (index) -> this.loop.subprocess(spec).thenAccept(this::started)).run();
	}

	private void started(Subprocess child) {
		this.children.add(child);
		this.left++;
		child.onExit().thenAccept(this::ended);
	}

	private void ended(int returnCode) {
		if (returnCode != this.killed) {
			this.wrong++;
		}
		this.left--;
		if (this.left == 0) {
			this.noneLeft.complete(null);
		}
	}

	void kill() {
		if (this.left == 0) {
			return;
		}
		this.loop.callSoon(() -> this.children.forEach(Subprocess::kill));
		this.loop.runUntilComplete(this.noneLeft);
		this.children.clear();
		this.noneLeft = this.loop.createFuture();
	}

	int wrong() {
		return this.wrong;
	}

}
