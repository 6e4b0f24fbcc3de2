package io.eventloop.client;

import io.eventloop.EventLoop;

/**
 * Makes what takes the outputs of a run's programs. What is collected of all of them
 * together is within one allowance.
 */
final class MemberSinks {

	/**
	 * Takes output that is discarded, or that does not come at all.
	 */
	private static final OutputSink NOWHERE = (data) -> {
	};

	private final EventLoop loop;

	private final CommandRun run;

	private final Allowance allowance;

	MemberSinks(EventLoop loop, CommandRun run, CommandPlan plan) {
		this.loop = loop;
		this.run = run;
		this.allowance = new Allowance(plan.name(), plan.output().limits().max(), run::fail);
	}

	MemberStreams of(CommandPlan plan, RunWay way) {
		CommandOutput output = plan.output();
		boolean streamed = way.output() != null || way.started() != null;
		OutputSink sink = (way.output() != null) ? way.output() : sink(plan, output.output(), !streamed);
		OutputSink errors = sink(plan, output.errors(), !streamed && !plan.spec().redirectErrorStream());
		return new MemberStreams(InputFeed.of(plan.input(), output.charset(), this.loop, this.run::fail), sink,
				new ErrorSink(errors));
	}

	private OutputSink sink(CommandPlan plan, OutputTarget target, boolean collecting) {
		if (target instanceof OutputTarget.Lines lines) {
			return new LineSink(this.loop, plan.spec().name(), plan.output(), lines, this.run::fail);
		}
		if (target instanceof OutputTarget.Stream stream) {
			return new StreamSink(this.loop, stream.stream(), this.run::fail);
		}
		if (!collecting || !(target instanceof OutputTarget.Collected)) {
			return NOWHERE;
		}
		OutputLimits limits = plan.output().limits();
		return limits.keepsHeadAndTail() ? new HeadAndTailSink(limits.head(), limits.tail())
				: new CollectingSink(this.allowance);
	}

}
