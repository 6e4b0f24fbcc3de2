package io.eventloop.client;

import java.lang.ProcessBuilder.Redirect;
import java.util.HashMap;
import java.util.Map;

import io.eventloop.EventLoop;
import io.eventloop.ExitStatus;
import io.eventloop.Signal;
import io.eventloop.SubprocessSpec;
import io.eventloop.Teardown;
import io.eventloop.loop.ProactorEventLoop;
import io.eventloop.subprocess.ChildPipe;
import org.jspecify.annotations.Nullable;

/**
 * Makes the specs of a run's programs: their streams, and a process group for each, where
 * the loop knows groups.
 */
final class MemberSpecs {

	private static final int SHELL_SIGNAL = 128;

	private final boolean grouped;

	private final Teardown teardown;

	private final Map<String, String> variables;

	/**
	 * Make specs.
	 * @param teardown how the children are ended
	 * @param variables what to add to the environment, under what a command sets itself
	 */
	MemberSpecs(EventLoop loop, Teardown teardown, Map<String, String> variables) {
		this.teardown = teardown;
		this.variables = variables;
		this.grouped = !(loop instanceof ProactorEventLoop);
		if (!this.grouped) {
			requireSendable(teardown);
		}
	}

	private static void requireSendable(Teardown teardown) {
		for (Teardown.Step step : teardown.steps()) {
			if (step instanceof Teardown.SendSignal send && !send.signal().equals(Signal.SIGTERM)
					&& !send.signal().equals(Signal.SIGKILL)) {
				throw new UnsupportedOperationException(
						"The teardown '%s' cannot be taken on a loop over java.lang.Process, which sends SIGTERM and SIGKILL alone; leave %s out, or use a selector loop"
							.formatted(teardown, send.signal()));
			}
		}
	}

	/**
	 * Return whether a program has ended because its reader had.
	 */
	static boolean isBrokenPipe(EventLoop loop, ExitStatus status) {
		int code = status.returnCode();
		return code == -Signal.SIGPIPE.number()
				|| (loop instanceof ProactorEventLoop && code == SHELL_SIGNAL + Signal.SIGPIPE.number());
	}

	/**
	 * Return what to start for a program.
	 * @param before the pipe that it reads, where it is not the first one
	 * @param after the pipe that it writes to, where it is not the last one
	 */
	SubprocessSpec of(CommandPlan plan, @Nullable ChildPipe before, @Nullable ChildPipe after) {
		Redirect input = (before != null) ? before.readEnd() : source(plan.input());
		Redirect output = (after != null) ? after.writeEnd() : destination(plan.output().output());
		return withoutPipes(plan, withErrors(plan, prepared(plan.spec()).stdin(input).stdout(output)));
	}

	/**
	 * Return what to start where streams are read and written by hand.
	 */
	SubprocessSpec interactive(CommandPlan plan) {
		Redirect input = (plan.input() instanceof CommandInput.None) ? Redirect.PIPE : source(plan.input());
		Redirect output = destination(plan.output().output());
		return withoutPipes(plan, withErrors(plan, prepared(plan.spec()).stdin(input).stdout(output)));
	}

	private SubprocessSpec prepared(SubprocessSpec spec) {
		return ended(this.variables.isEmpty() ? spec : spec.addEnvironment(unset(spec)));
	}

	private Map<String, String> unset(SubprocessSpec spec) {
		Map<String, String> unset = new HashMap<>(this.variables);
		unset.keySet().removeAll(spec.environmentChanges().keySet());
		if (spec.environment() != null) {
			unset.keySet().removeAll(spec.environment().keySet());
		}
		return unset;
	}

	private SubprocessSpec ended(SubprocessSpec spec) {
		SubprocessSpec ended = spec.teardown(this.teardown);
		boolean own = spec.startNewSession() || spec.processGroup().isPresent();
		return (this.grouped && !own) ? ended.processGroup(0) : ended;
	}

	private static SubprocessSpec withErrors(CommandPlan plan, SubprocessSpec spec) {
		return spec.redirectErrorStream() ? spec : spec.stderr(destination(plan.output().errors()));
	}

	/**
	 * Give a detached child the null device in place of pipes.
	 */
	private static SubprocessSpec withoutPipes(CommandPlan plan, SubprocessSpec spec) {
		if (!spec.isDetached()) {
			return spec;
		}
		if (plan.input().isFed() || plan.output().isConsumed()) {
			throw new IllegalArgumentException(
					"%s is detached, and has no pipes to feed it or to consume its output through; let it read and write files, or leave out detached"
						.formatted(spec.program()));
		}
		return spec.stdin(unlessPipe(spec.stdin())).stdout(unlessPipe(spec.stdout())).stderr(unlessPipe(spec.stderr()));
	}

	private static Redirect unlessPipe(Redirect redirect) {
		return redirect.equals(Redirect.PIPE) ? Redirect.DISCARD : redirect;
	}

	private static Redirect source(CommandInput input) {
		if (input instanceof CommandInput.File file) {
			return Redirect.from(file.path().toFile());
		}
		return input.isFed() ? Redirect.PIPE : Redirect.DISCARD;
	}

	private static Redirect destination(OutputTarget target) {
		if (target instanceof OutputTarget.File file) {
			return Redirect.to(file.path().toFile());
		}
		return (target instanceof OutputTarget.Discarded) ? Redirect.DISCARD : Redirect.PIPE;
	}

}
