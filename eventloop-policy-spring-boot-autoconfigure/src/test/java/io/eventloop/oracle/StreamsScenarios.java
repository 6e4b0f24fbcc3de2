package io.eventloop.oracle;

import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.eventloop.EventLoop;
import io.eventloop.IncompleteReadException;
import io.eventloop.LoopFuture;
import io.eventloop.Output;
import io.eventloop.Signal;
import io.eventloop.StreamReader;
import io.eventloop.StreamWriter;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.loop.LoopKind;
import org.junit.jupiter.api.DisplayName;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What {@code streams.py} does.
 */
final class StreamsScenarios {

	private StreamsScenarios() {
	}

	@DisplayName("S210 communicating sends the input and collects both outputs")
	static void communicateSendsAndCollects(ScenarioContext scenario) {
		Play play = new Play(scenario, SubprocessSpec.shell("cat; echo err >&2; exit 3").pipes());
		play.sayOutput(play.child.communicate("hello\n".getBytes(UTF_8)));
	}

	@DisplayName("S211 communicating without input closes stdin")
	static void communicateWithoutInputClosesStdin(ScenarioContext scenario) {
		for (byte[] input : new byte[][] { null, new byte[0] }) {
			Play play = new Play(scenario, piped("cat; echo end"));
			play.sayOutput(play.child.communicate(input));
		}
	}

	@DisplayName("S212 communicating without pipes collects nothing")
	static void communicateWithoutPipes(ScenarioContext scenario) {
		Play play = new Play(scenario, SubprocessSpec.shell("exit 1"));
		play.sayOutput(play.child.communicate());
	}

	@DisplayName("S208 S212 communicating with merged outputs")
	static void communicateWithMergedOutputs(ScenarioContext scenario) {
		Play play = new Play(scenario,
				SubprocessSpec.shell("echo out; echo err >&2").stdout(Redirect.PIPE).redirectErrorStream(true));
		play.sayOutput(play.child.communicate());
	}

	@DisplayName("S212 communicating twice gives nothing the second time")
	static void communicateTwice(ScenarioContext scenario) {
		Play play = new Play(scenario, piped("cat"));
		Output once = play.await(play.child.communicate("once".getBytes(UTF_8)));
		scenario.say(once.stdout(), once.stderr());
		Output twice = play.await(play.child.communicate());
		scenario.say(twice.stdout(), twice.stderr());
	}

	@DisplayName("S213 communicating with a child that does not read is no error")
	static void communicateWithAChildThatDoesNotRead(ScenarioContext scenario) {
		Play play = new Play(scenario, piped("exec <&-; echo out"));
		play.sayOutput(play.child.communicate(new byte[1_000_000]));
	}

	@DisplayName("S210 S229 communicating with much")
	static void communicateWithMuch(ScenarioContext scenario) {
		Play play = new Play(scenario, piped("cat"));
		Output output = play.await(play.child.communicate(new byte[1_000_000]));
		scenario.say(output.stdout().length, output.stderr(), play.child.returnCode());
	}

	@DisplayName("S210 input for a child without a pipe is refused, not dropped")
	@Differs(row = "S210", there = "null null", here = "raises IllegalArgumentException")
	static void inputWithoutAPipe(ScenarioContext scenario) {
		Play play = new Play(scenario, SubprocessSpec.shell("exit 0"));
		try {
			play.await(play.child.communicate("dropped".getBytes(UTF_8)));
		}
		catch (IllegalArgumentException ex) {
			scenario.say("raises", ex);
		}
		play.await(play.child.onExit());
	}

	@DisplayName("S216 S219 everyone who waits is told")
	static void everyoneWhoWaitsIsTold(ScenarioContext scenario) {
		Play play = new Play(scenario, SubprocessSpec.shell("read line; exit 4").stdin(Redirect.PIPE));
		List<LoopFuture<Integer>> waiters = Stream.generate(play.child::onExit).limit(3).toList();
		scenario.say(play.child.returnCode());
		play.stdin().close();
		Stream<Integer> codes = waiters.stream().map(play::await);
		scenario
			.say(Stream.concat(codes, Stream.of(play.await(play.child.onExit()), play.child.returnCode())).toArray());
	}

	@DisplayName("S217 a cancelled waiter disturbs no other")
	static void cancelledWaiterDisturbsNoOther(ScenarioContext scenario) {
		Play play = new Play(scenario, SubprocessSpec.shell("read line; exit 4").stdin(Redirect.PIPE));
		LoopFuture<Integer> first = play.child.onExit();
		LoopFuture<Integer> second = play.child.onExit();
		first.cancel(true);
		play.stdin().close();
		scenario.say(play.await(second), first.isCancelled(), play.child.returnCode());
	}

	@DisplayName("S205 S220 exit codes are those of the shell, negative for signals")
	@Differs(row = "S220", on = LoopKind.PROACTOR, there = { "-15", "-9" }, here = { "143", "137" })
	static void exitCodesAreThoseOfTheShell(ScenarioContext scenario) {
		for (String command : new String[] { "exit 7", "no-such-command 2>/dev/null", "kill -TERM $$",
				"kill -KILL $$" }) {
			Play play = new Play(scenario, SubprocessSpec.shell(command));
			scenario.say(play.await(play.child.onExit()));
		}
	}

	@DisplayName("S202 S203 a program that cannot be started")
	static void programThatCannotBeStarted(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		scenario.attempt("missing",
				() -> loop.runUntilComplete(loop.subprocess(SubprocessSpec.exec("/no/such/program"))));
		scenario.attempt("missing on the path",
				() -> loop.runUntilComplete(loop.subprocess(SubprocessSpec.exec("no-such-program"))));
		scenario.attempt("not a program",
				() -> loop.runUntilComplete(loop.subprocess(SubprocessSpec.exec("/dev/null"))));
	}

	@DisplayName("S206 an environment replaces the inherited one")
	static void environmentReplacesTheInheritedOne(ScenarioContext scenario) {
		Play play = new Play(scenario,
				SubprocessSpec.shell("echo $A-$HOME-").stdout(Redirect.PIPE).environment(Map.of("A", "1")));
		scenario.say(play.await(play.child.communicate()).stdout());
	}

	@DisplayName("S215 S230 streams are read and written by hand")
	static void streamsAreReadAndWrittenByHand(ScenarioContext scenario) {
		Play play = new Play(scenario, piped("while read line; do echo \"<$line>\"; done; printf rest"));
		for (String word : new String[] { "one\n", "two\n" }) {
			play.stdin().write(word.getBytes(UTF_8));
			play.await(play.stdin().drain());
			scenario.say(play.await(play.stdout().readLine()));
		}
		play.stdin().close();
		scenario.say(play.await(play.stdout().read()), play.stdout().atEof(), play.await(play.child.onExit()));
		scenario.say(play.await(play.stdout().readLine()), play.await(play.stdout().read()));
	}

	@DisplayName("S215 an exact read of too little tells what there was")
	static void exactReadOfTooLittle(ScenarioContext scenario) {
		Play play = new Play(scenario, SubprocessSpec.shell("printf abcde").stdout(Redirect.PIPE));
		scenario.say(play.await(play.stdout().readExactly(3)));
		try {
			play.await(play.stdout().readExactly(3));
		}
		catch (RuntimeException ex) {
			scenario.say("raises", ScenarioContext.cause(ex),
					((IncompleteReadException) ScenarioContext.cause(ex)).partial());
		}
		play.await(play.child.onExit());
	}

	@DisplayName("S222 signalling a finished child is an error")
	@Differs(row = "S222", there = { "kill raises ProcessLookupException", "terminate raises ProcessLookupException" },
			here = { "kill gives false", "terminate gives false" })
	static void finishedChildIsNotSignalled(ScenarioContext scenario) {
		Play play = new Play(scenario, SubprocessSpec.shell("exit 0"));
		play.await(play.child.onExit());
		scenario.attempt("kill", play.child::kill);
		scenario.attempt("terminate", play.child::terminate);
		scenario.attempt("send_signal", () -> play.child.sendSignal(Signal.SIGTERM));
		scenario.say(play.child.returnCode());
	}

	@DisplayName("S219 S220 a running child is signalled")
	@Differs(row = "S220", on = LoopKind.PROACTOR, there = "-15 -15", here = "143 143")
	static void runningChildIsSignalled(ScenarioContext scenario) {
		Play play = new Play(scenario, SubprocessSpec.shell("exec sleep 60"));
		scenario.say(play.child.returnCode());
		play.child.terminate();
		scenario.say(play.await(play.child.onExit()), play.child.returnCode());
	}

	private static SubprocessSpec piped(String command) {
		return SubprocessSpec.shell(command).stdin(Redirect.PIPE).stdout(Redirect.PIPE);
	}

	/**
	 * A child on a loop that runs while something is awaited.
	 */
	private static final class Play {

		private final ScenarioContext scenario;

		private final EventLoop loop;

		private final Subprocess child;

		Play(ScenarioContext scenario, SubprocessSpec spec) {
			this.scenario = scenario;
			this.loop = scenario.newLoop();
			this.child = await(this.loop.subprocess(spec));
		}

		<T> T await(LoopFuture<T> future) {
			return this.loop.runUntilComplete(future);
		}

		void sayOutput(LoopFuture<Output> future) {
			Output output = await(future);
			this.scenario.say(output.stdout(), output.stderr(), this.child.returnCode());
		}

		StreamWriter stdin() {
			return this.child.stdin();
		}

		StreamReader stdout() {
			return this.child.stdout();
		}

	}

}
