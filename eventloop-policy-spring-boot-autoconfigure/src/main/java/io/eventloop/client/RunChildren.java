package io.eventloop.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.eventloop.ChildExit;
import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.SubprocessTransport;
import io.eventloop.Teardown.Step;
import io.eventloop.subprocess.ChildPipe;
import io.eventloop.subprocess.PipeHolders;
import org.jspecify.annotations.Nullable;

/**
 * The children of a run: one, or those of a pipeline from the left to the right. Belongs
 * to the loop's thread.
 */
final class RunChildren {

	private final CommandRun run;

	private final CommandPlan plan;

	private final EventLoop loop;

	private final RunWay way;

	private final List<RunMember> members = new ArrayList<>(1);

	private final List<LoopFuture<?>> launches = new ArrayList<>(1);

	private final List<ChildPipe> pipes = new ArrayList<>(0);

	private int started;

	RunChildren(CommandRun run, CommandPlan plan, EventLoop loop, RunWay way) {
		this.run = run;
		this.plan = plan;
		this.loop = loop;
		this.way = way;
	}

	/**
	 * Start all.
	 * @param variables what to add to their environments
	 * @throws IOException if there are no descriptors for a pipeline
	 */
	void launch(Map<String, String> variables) throws IOException {
		List<CommandPlan> plans = this.plan.members();
		MemberSpecs specs = new MemberSpecs(this.loop, this.plan.bounds().teardown(), variables);
		MemberSinks sinks = new MemberSinks(this.loop, this.run, this.plan);
		List<SubprocessSpec> toStart = new ArrayList<>(plans.size());
		for (int i = 0; i < plans.size(); i++) {
			CommandPlan member = plans.get(i);
			boolean last = i == plans.size() - 1;
			ChildPipe before = this.pipes.isEmpty() ? null : this.pipes.get(this.pipes.size() - 1);
			ChildPipe after = last ? null : ChildPipe.open();
			if (after != null) {
				this.pipes.add(after);
			}
			toStart.add((this.way.started() != null) ? specs.interactive(member) : specs.of(member, before, after));
			this.members.add(new RunMember(member, this.run, sinks.of(member, last ? this.way : RunWay.PLANNED)));
		}
		for (int i = 0; i < toStart.size(); i++) {
			launch(this.members.get(i), toStart.get(i));
		}
	}

	private void launch(RunMember member, SubprocessSpec spec) {
		Consumer<Subprocess> streams = this.way.started();
		if (streams == null) {
			LoopFuture<?> launch = this.loop.subprocessExec(() -> member, spec);
			this.launches.add(launch);
			launch.whenComplete((child, failure) -> launched(member, failure));
		}
		else {
			LoopFuture<Subprocess> launch = this.loop.subprocess(spec);
			this.launches.add(launch);
			launch.whenComplete((child, failure) -> {
				if (failure == null) {
					member.adopt(child);
					streams.accept(child);
				}
				launched(member, failure);
			});
		}
	}

	private void launched(RunMember member, @Nullable Throwable failure) {
		if (failure != null) {
			this.run.failToStart(failure);
			return;
		}
		this.run.observeStart(member);
		this.started++;
		if (this.started == this.plan.members().size()) {
			closePipes();
			this.run.started();
		}
	}

	/**
	 * Close our copies of the pipes between the children, so that they see each other's
	 * end.
	 */
	private void closePipes() {
		this.pipes.forEach(ChildPipe::close);
	}

	void feed() {
		this.members.forEach(RunMember::feed);
	}

	boolean haveExited() {
		return this.members.stream().allMatch(RunMember::hasExited);
	}

	boolean areOver() {
		return this.members.stream().allMatch(RunMember::isOver);
	}

	boolean isHeld() {
		return this.members.stream().anyMatch(RunMember::isHeld);
	}

	/**
	 * Let go of outputs that others hold, and say who does.
	 */
	void letGo() {
		for (RunMember member : this.members) {
			SubprocessTransport child = member.transport();
			if (child != null && !member.isOver()) {
				HolderReport.of(this.loop, member.plan().spec().name(), PipeHolders.of(child));
				member.letGo();
			}
		}
	}

	/**
	 * Start no more, and neither feed nor hand on anything.
	 */
	void abandon() {
		this.launches.forEach((launch) -> launch.cancel(false));
		closePipes();
		this.members.forEach(RunMember::abandon);
	}

	/**
	 * End all, with what they have started.
	 * @param done told once that is over, with the last step that was taken
	 */
	void tearDown(Consumer<@Nullable Step> done) {
		List<SubprocessTransport> born = new ArrayList<>(this.members.size());
		for (RunMember member : this.members) {
			SubprocessTransport child = member.transport();
			if (child != null) {
				born.add(child);
			}
		}
		TreeTeardowns.begin(this.loop, born, this.plan.bounds().teardown(), done);
	}

	/**
	 * Let go of everything at the end of the run.
	 * @param failed whether the streams of the children go too
	 */
	void release(boolean failed) {
		closePipes();
		for (RunMember member : this.members) {
			member.streams().stopFeed();
			if (failed) {
				member.letGo();
			}
		}
	}

	/**
	 * Return what they amount to.
	 */
	RunFigures figures() {
		return new RunFigures(this.members);
	}

	SubprocessResult result(Duration duration) {
		return result(this.members.get(this.members.size() - 1), duration);
	}

	private SubprocessResult result(RunMember member, Duration duration) {
		MemberStreams streams = member.streams();
		SubprocessTransport child = member.transport();
		return new SubprocessResult(member.status(), streams.output().collected(), streams.errors().collected(),
				member.plan().output().charset(), duration,
				(child != null) ? child.exit().map(ChildExit::usage).orElse(null) : null,
				streams.output().isTruncated() || streams.errors().isTruncated(),
				this.members.stream().allMatch(RunMember::isDrained));
	}

	/**
	 * Return the failure of the first program that failed, from the left.
	 */
	@Nullable SubprocessException failure(SubprocessResult last, boolean errorsInMessages) {
		for (int i = 0; i < this.members.size(); i++) {
			RunMember member = this.members.get(i);
			boolean writes = i < this.members.size() - 1;
			SubprocessResult result = writes ? result(member, last.duration()) : last;
			if (writes && MemberSpecs.isBrokenPipe(this.loop, result.status())) {
				continue;
			}
			if (!member.plan().success().test(result)) {
				return new SubprocessFailedException(member.plan().spec().name(), result,
						member.streams().errors().excerpt(member.plan().output().charset()), errorsInMessages);
			}
		}
		return null;
	}

}
