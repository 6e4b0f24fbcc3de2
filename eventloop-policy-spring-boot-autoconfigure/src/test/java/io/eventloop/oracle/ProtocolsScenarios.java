package io.eventloop.oracle;

import java.lang.ProcessBuilder.Redirect;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.Signal;
import io.eventloop.SubprocessProtocol;
import io.eventloop.SubprocessSpec;
import io.eventloop.SubprocessTransport;
import io.eventloop.WriteTransport;
import io.eventloop.loop.LoopKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What {@code protocols.py} does.
 */
final class ProtocolsScenarios {

	private ProtocolsScenarios() {
	}

	@DisplayName("S227 without pipes: made, exited, lost")
	static void exitWithoutPipes(ScenarioContext scenario) {
		play(scenario, SubprocessSpec.shell("exit 3"), (child, teller) -> teller.lost());
	}

	@DisplayName("S219 S227 pipes that end before the exit are lost before it")
	static void pipesEndBeforeTheExit(ScenarioContext scenario) {
		SubprocessSpec spec = SubprocessSpec.shell("echo out; exec >&-; read line; exit 2")
			.stdin(Redirect.PIPE)
			.stdout(Redirect.PIPE);
		play(scenario, spec, (child, teller) -> teller.after("pipe 1 lost null").thenCompose((nothing) -> {
			scenario.say("running", child.returnCode());
			stdin(child).close();
			return teller.lost();
		}));
	}

	@DisplayName("S219 S227 pipes that end after the exit are lost after it")
	@Only(row = "S227", kinds = { LoopKind.EPOLL, LoopKind.POLL, LoopKind.NETTY_EPOLL })
	static void exitBeforeThePipesEnd(ScenarioContext scenario) {
		SubprocessSpec spec = SubprocessSpec.shell("exec 3<&0; (read line <&3; echo late) & exit 2")
			.stdin(Redirect.PIPE)
			.stdout(Redirect.PIPE);
		play(scenario, spec, (child, teller) -> teller.after("exited").thenCompose((nothing) -> {
			scenario.say("code", child.returnCode());
			stdin(child).writeEof();
			return teller.lost();
		}));
	}

	@DisplayName("S208 S227 both outputs are told apart")
	static void bothOutputsAreToldApart(ScenarioContext scenario) {
		SubprocessSpec spec = SubprocessSpec
			.shell("echo out; exec >&-; read line; echo err >&2; exec 2>&-; read line; exit 0")
			.pipes();
		play(scenario, spec, (child, teller) -> teller.after("pipe 1 lost null").thenCompose((nothing) -> {
			stdin(child).write("go on\n".getBytes(UTF_8));
			return teller.after("pipe 2 lost null");
		}).thenCompose((nothing) -> {
			stdin(child).close();
			return teller.lost();
		}));
	}

	@DisplayName("S220 S227 a child is killed, terminated, sent a signal")
	@Differs(row = "S220", on = LoopKind.PROACTOR, there = "code -9", here = "code 137")
	@Differs(row = "S220", on = LoopKind.PROACTOR, there = "code -15", here = "code 143")
	@Differs(row = "S220", on = LoopKind.PROACTOR, there = "code -15", here = "code 143")
	static void childIsSignalled(ScenarioContext scenario) {
		Map<String, Consumer<SubprocessTransport>> ways = Map.of("kill", SubprocessTransport::kill, "terminate",
				SubprocessTransport::terminate, "send_signal", (child) -> child.sendSignal(Signal.SIGTERM));
		for (String way : new String[] { "kill", "terminate", "send_signal" }) {
			scenario.say(way);
			play(scenario, SubprocessSpec.shell("exec sleep 60"), (child, teller) -> {
				ways.get(way).accept(child);
				return teller.lost();
			});
		}
	}

	@DisplayName("S220 a child is sent any signal")
	@Only(row = "S220", kinds = { LoopKind.EPOLL, LoopKind.POLL, LoopKind.NETTY_NIO, LoopKind.NETTY_EPOLL })
	static void anySignalIsSent(ScenarioContext scenario) {
		play(scenario, SubprocessSpec.shell("exec sleep 60"), (child, teller) -> {
			child.sendSignal(Signal.SIGUSR1);
			return teller.lost();
		});
	}

	@DisplayName("S222 signalling a finished child is an error")
	@Differs(row = "S222", there = { "kill raises ProcessLookupException", "terminate raises ProcessLookupException" },
			here = { "kill gives false", "terminate gives false" })
	static void finishedChildIsNotSignalled(ScenarioContext scenario) {
		play(scenario, SubprocessSpec.shell("exit 0"), (child, teller) -> teller.lost().thenRun(() -> {
			scenario.attempt("kill", child::kill);
			scenario.attempt("terminate", child::terminate);
			scenario.attempt("send_signal", () -> child.sendSignal(Signal.SIGTERM));
		}));
	}

	@DisplayName("S223 closing kills the child, and tells all the same")
	@Differs(row = "S220", on = LoopKind.PROACTOR, there = "code -9", here = "code 137")
	static void closingKillsTheChild(ScenarioContext scenario) {
		play(scenario, SubprocessSpec.shell("exec sleep 60").pipes(), (child, teller) -> {
			scenario.say(child.isClosing());
			child.close();
			child.close();
			scenario.say(child.isClosing());
			return teller.lost();
		});
	}

	@DisplayName("S223 S224 closing a finished child changes nothing")
	static void closingAFinishedChildChangesNothing(ScenarioContext scenario) {
		play(scenario, SubprocessSpec.shell("exit 5"), (child, teller) -> teller.lost().thenRun(child::close));
	}

	@DisplayName("S232 there are pipe transports for pipes, and for nothing else")
	static void pipeTransportsAreThoseOfThePipes(ScenarioContext scenario) {
		play(scenario, SubprocessSpec.shell("read line").stdin(Redirect.PIPE), (child, teller) -> {
			scenario.say(IntStream.range(0, 4).mapToObj((fd) -> child.pipeTransport(fd) == null).toArray());
			stdin(child).close();
			return teller.lost();
		});
	}

	@DisplayName("S227 S231 a child is talked to")
	@Differs(row = "S220", on = LoopKind.PROACTOR, there = "code -9", here = "code 137")
	static void childIsTalkedTo(ScenarioContext scenario) {
		SubprocessSpec spec = SubprocessSpec.shell("while read line; do echo \"$line\"; done; exec >&-; exec sleep 60")
			.stdin(Redirect.PIPE)
			.stdout(Redirect.PIPE);
		play(scenario, spec, (child, teller) -> {
			stdin(child).write("one\n".getBytes(UTF_8));
			return teller.after("data 1 one/").thenCompose((nothing) -> {
				stdin(child).write("two\n".getBytes(UTF_8));
				return teller.after("data 1 two/");
			}).thenCompose((nothing) -> {
				stdin(child).close();
				return teller.after("pipe 1 lost null");
			}).thenCompose((nothing) -> {
				child.kill();
				return teller.lost();
			});
		});
	}

	private static void play(ScenarioContext scenario, SubprocessSpec spec,
			BiFunction<SubprocessTransport, Teller, CompletionStage<Void>> script) {
		EventLoop loop = scenario.newLoop();
		loop.runUntilComplete(loop.subprocessExec(() -> new Teller(scenario, loop), spec)
			.thenCompose((connection) -> script.apply(connection.transport(), connection.protocol())
				.thenRun(() -> scenario.say("code", connection.transport().returnCode()))));
	}

	private static WriteTransport stdin(SubprocessTransport child) {
		return (WriteTransport) child.pipeTransport(0);
	}

	/**
	 * Tells of every call; what comes after one waits for the next pass.
	 */
	private static final class Teller implements SubprocessProtocol {

		private final ScenarioContext scenario;

		private final EventLoop loop;

		private final Map<String, LoopFuture<Void>> told = new ConcurrentHashMap<>();

		Teller(ScenarioContext scenario, EventLoop loop) {
			this.scenario = scenario;
			this.loop = loop;
		}

		CompletionStage<Void> after(String event) {
			return future(event).thenRunAsync(() -> {
			});
		}

		CompletionStage<Void> lost() {
			return after("lost null");
		}

		@Override
		public void connectionMade(SubprocessTransport transport) {
			tell("made");
		}

		@Override
		public void pipeDataReceived(int fd, byte[] data) {
			tell("data %d %s".formatted(fd, new String(data, UTF_8).replace('\n', '/')));
		}

		@Override
		public void pipeConnectionLost(int fd, @Nullable Throwable exception) {
			tell("pipe %d lost %s".formatted(fd, exception));
		}

		@Override
		public void processExited() {
			tell("exited");
		}

		@Override
		public void connectionLost(@Nullable Throwable exception) {
			tell("lost " + exception);
		}

		private void tell(String event) {
			this.scenario.say(event);
			future(event).complete(null);
		}

		private LoopFuture<Void> future(String event) {
			return this.told.computeIfAbsent(event, (name) -> this.loop.createFuture());
		}

	}

}
