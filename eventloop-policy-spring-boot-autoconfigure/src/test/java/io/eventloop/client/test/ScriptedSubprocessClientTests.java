package io.eventloop.client.test;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.eventloop.EventLoops;
import io.eventloop.Signal;
import io.eventloop.Teardown;
import io.eventloop.client.OutputLimitException;
import io.eventloop.client.RunPhase;
import io.eventloop.client.RunningSubprocess;
import io.eventloop.client.SubprocessCommand;
import io.eventloop.client.SubprocessException;
import io.eventloop.client.SubprocessFailedException;
import io.eventloop.client.SubprocessResult;
import io.eventloop.client.SubprocessTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

@Timeout(60)
@NoChildLeaks
class ScriptedSubprocessClientTests {

	private final ScriptedSubprocessClient client = new ScriptedSubprocessClient();

	@AfterEach
	void close() {
		this.client.close();
	}

	@Test
	void aCommandPrintsWhatTheScriptSays() {
		this.client.when("git", "rev-parse", "HEAD").prints("4f2e91c").printsError("a hint");
		SubprocessResult result = this.client.exec("/usr/bin/git", "rev-parse", "HEAD").run();
		assertThat(result.line()).isEqualTo("4f2e91c");
		assertThat(result.errors()).isEqualTo("a hint\n");
		assertThat(result.returnCode()).isZero();
	}

	@Test
	void theLastRuleThatMatchesAnswers() {
		this.client.when("git").prints("any");
		this.client.when("git", "status").prints("status");
		this.client.when("git", "status").prints("once").times(1);
		assertThat(this.client.exec("git", "status").line()).isEqualTo("once");
		assertThat(this.client.exec("git", "status").line()).isEqualTo("status");
		assertThat(this.client.exec("git", "log").line()).isEqualTo("any");
	}

	@Test
	void namesAndShellCommandsAndAnythingElseCanBeMeant() {
		this.client.when("thumbnail").prints("named");
		this.client.whenShell("ls | wc -l").prints("7");
		this.client.whenMatching("in /tmp", (asked) -> Path.of("/tmp").equals(asked.directory())).prints("there");
		assertThat(this.client.command("thumbnail", "a.png").line()).isEqualTo("named");
		assertThat(this.client.exec("convert").name("thumbnail").line()).isEqualTo("named");
		assertThat(this.client.shell("ls | wc -l").arguments("x").line()).isEqualTo("7");
		assertThat(this.client.exec("pwd").directory(Path.of("/tmp")).line()).isEqualTo("there");
	}

	@Test
	void failuresAreThoseOfRealCommands() {
		this.client.when("false").printsError("no such thing").exits(1);
		this.client.when("killed").endsBy(Signal.SIGKILL);
		this.client.when("missing").cannotStart(new NoSuchFileException("missing"));
		this.client.when("talkative").printsText("x".repeat(100));
		assertThatExceptionOfType(SubprocessFailedException.class).isThrownBy(() -> this.client.exec("false").run())
			.withMessage("false ended with exit code 1: no such thing");
		assertThat(this.client.exec("false").successCodes(1).run().returnCode()).isEqualTo(1);
		assertThatExceptionOfType(SubprocessFailedException.class).isThrownBy(() -> this.client.exec("killed").run())
			.withMessage("killed was ended by SIGKILL");
		assertThatExceptionOfType(SubprocessException.class).isThrownBy(() -> this.client.exec("missing").run())
			.withCauseInstanceOf(NoSuchFileException.class);
		assertThatExceptionOfType(OutputLimitException.class)
			.isThrownBy(() -> this.client.exec("talkative").maxOutput(99).run());
	}

	@Test
	void timeCostsNothing() {
		this.client.when("slow").takes(Duration.ofDays(2)).prints("done");
		SubprocessResult result = this.client.exec("slow").run();
		assertThat(result.duration()).isEqualTo(Duration.ofDays(2));
	}

	@Test
	void aDeadlinePassesAndTheLadderIsClimbed() {
		this.client.when("stubborn").hangs().ignores(Signal.SIGTERM);
		Teardown ladder = Teardown.signal(Signal.SIGTERM, ofSeconds(30)).thenKill();
		SubprocessCommand command = this.client.exec("stubborn").timeout(Duration.ofHours(1)).teardown(ladder);
		assertThatExceptionOfType(SubprocessTimeoutException.class).isThrownBy(command::run)
			.satisfies((ex) -> assertThat(ex.phase()).isEqualTo(RunPhase.RUNNING))
			.satisfies((ex) -> assertThat(ex.step()).isInstanceOf(Teardown.Kill.class));
	}

	@Test
	void timeThatIsHeldPassesAsTheTestSays() {
		this.client.holdTime();
		this.client.when("ffprobe").takes(ofSeconds(3)).prints("{}");
		CompletableFuture<SubprocessResult> probe = this.client.exec("ffprobe").timeout(ofSeconds(10)).runAsync();
		this.client.advance(ofSeconds(2));
		assertThat(probe).isNotDone();
		this.client.advance(ofSeconds(1));
		assertThat(probe).isCompletedWithValueMatching((result) -> result.line().equals("{}"));
	}

	@Test
	void limitsHold() {
		this.client.holdTime();
		this.client.when("convert").takes(ofSeconds(1));
		SubprocessCommand convert = this.client.exec("convert").limit(4);
		List<CompletableFuture<SubprocessResult>> runs = IntStream.range(0, 10)
			.mapToObj((i) -> convert.runAsync())
			.toList();
		this.client.advance(Duration.ZERO);
		assertThat(this.client.asked()).hasSize(4);
		this.client.advance(ofSeconds(1));
		assertThat(this.client.asked()).hasSize(8);
		assertThat(runs.stream().filter(CompletableFuture::isDone)).hasSize(4);
		this.client.advance(ofSeconds(2));
		assertThat(runs).allMatch(CompletableFuture::isDone);
	}

	@Test
	void consumersAreToldOfLines() {
		this.client.when("make").prints("one").takes(ofSeconds(1)).printsError("warning").prints("two").exits(2);
		List<String> lines = new ArrayList<>();
		Throwable failure = catchThrowable(
				() -> this.client.exec("make").onLine(lines::add).onErrorLine(lines::add).run());
		assertThat(failure).isInstanceOf(SubprocessFailedException.class);
		assertThat(lines).containsExactly("one", "warning", "two");
	}

	@Test
	void publishersPublish() {
		this.client.when("journal").prints("one").takes(ofSeconds(1)).prints("two").prints("three");
		Flux<String> lines = JdkFlowAdapter.flowPublisherToFlux(this.client.exec("journal").lines());
		assertThat(lines.limitRate(1).collectList().block(ofSeconds(20))).containsExactly("one", "two", "three");
		assertThat(lines.take(1).collectList().block(ofSeconds(20))).containsExactly("one");
	}

	@Test
	void whatItWasGivenCanBeSeenAndAnswered(@TempDir Path folder) throws Exception {
		this.client.when("tr").replies((text) -> text.replace('a', 'b'));
		Path file = Files.writeString(folder.resolve("in"), "banana");
		assertThat(this.client.exec("tr").input("papaya").run().text()).isEqualTo("pbpbyb");
		assertThat(this.client.exec("tr", "a", "b").input(file).environment("LC_ALL", "C").run().text())
			.isEqualTo("bbnbnb");
		assertThat(this.client.verify("tr", "a", "b").inputText()).isEqualTo("banana");
		assertThat(this.client.verify("tr", "a", "b").environment()).isEqualTo(Map.of("LC_ALL", "C"));
		assertThat(this.client.asked().get(0).inputText()).isEqualTo("papaya");
		Path out = folder.resolve("out");
		this.client.exec("tr").input(file).output(out).run();
		assertThat(out).hasContent("bbnbnb");
	}

	@Test
	void aChildCanBeTalkedTo() {
		this.client.when("bc").replies((text) -> "42\n").hangs();
		try (RunningSubprocess bc = this.client.exec("bc").start().join()) {
			bc.stdin().write("6 * 7\n".getBytes(UTF_8));
			bc.stdin().close();
			assertThat(bc.stdout().readLine().join()).isEqualTo("42\n".getBytes(UTF_8));
		}
		assertThat(this.client.verify("bc").inputText()).isEqualTo("6 * 7\n");
	}

	@Test
	void commandsRunOnTheScriptsLoopOnWhateverThreadTheyBegin() {
		this.client.when("git").prints("text");
		String text = EventLoops.run((loop) -> this.client.exec("git").runAsync().thenApply(SubprocessResult::line));
		assertThat(text).isEqualTo("text");
	}

	@Test
	void aCommandThatNoRuleMatchesFailsWithTheRules() {
		this.client.when("git", "rev-parse", "HEAD");
		this.client.whenShell("ls");
		assertThatExceptionOfType(SubprocessException.class)
			.isThrownBy(() -> this.client.exec("convert", "a.png").run())
			.withMessage("convert cannot be started: No rule of the script matches 'convert a.png'; "
					+ "the rules are 'git rev-parse HEAD', 'shell ls'. Add one with when(…)");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(this.client::verifyNothingElse)
			.withMessage("No rule of the script matched 'convert a.png'");
	}

	@Test
	void verifyingWhatWasNotRunFailsWithWhatWas() {
		this.client.when("git");
		this.client.exec("git", "status").run();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.client.verify("git", "push"))
			.withMessage("'git push' was not run; what was run is 'git status'");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.client.verifyTimes(2, "git"))
			.withMessage("'git' was run once, not 2 times; what was run is 'git status'");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(this.client::verifyNothingElse)
			.withMessage("'git status' was run, too; verify it, or do not run it");
		this.client.verify("git", "status");
		this.client.verifyTimes(0, "convert");
		this.client.verifyNothingElse();
	}

	@Test
	void anAnswerIsGivenAtLeastOnce() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.when("git").times(0))
			.withMessageContaining("0 times");
	}

	@Test
	void closingFailsWhatIsUnderWay() {
		this.client.when("sleep").hangs();
		this.client.holdTime();
		CompletableFuture<SubprocessResult> run = this.client.exec("sleep").runAsync();
		this.client.advance(Duration.ZERO);
		this.client.close();
		assertThat(run).failsWithin(ofSeconds(20));
		assertThatIllegalStateException().isThrownBy(() -> this.client.advance(Duration.ZERO))
			.withMessageStartingWith("The scripted client is closed");
		assertThatExceptionOfType(SubprocessException.class).isThrownBy(() -> this.client.exec("sleep").run())
			.withMessageStartingWith("sleep cannot be started: ");
	}

	@Test
	void timeThatIsHeldMayPassByItselfAgain() {
		this.client.holdTime();
		this.client.when("slow").takes(Duration.ofDays(2)).prints("done");
		CompletableFuture<SubprocessResult> run = this.client.exec("slow").runAsync();
		this.client.advance(ofSeconds(1));
		assertThat(run).isNotDone();
		this.client.releaseTime();
		assertThat(run).succeedsWithin(ofSeconds(20));
	}

	@Test
	void anOutputThatIsHeldWaitsForItsConsumer() {
		this.client.when("journal").prints("one").prints("two");
		List<String> lines = new CopyOnWriteArrayList<>();
		ExecutorService executor = Executors.newSingleThreadExecutor();
		this.client.exec("journal").onLine(lines::add, executor).run();
		executor.shutdown();
		assertThat(lines).containsExactly("one", "two");
	}

	@Test
	void aPipelinesCommandsAnswerEachByItself() {
		this.client.when("zcat").prints("all");
		this.client.when("grep").prints("found");
		assertThat(this.client.exec("zcat").pipeTo(this.client.exec("grep", "x")).line()).isEqualTo("found");
		this.client.when("zcat").exits(2);
		assertThatExceptionOfType(SubprocessFailedException.class)
			.isThrownBy(() -> this.client.exec("zcat").pipeTo(this.client.exec("grep", "x")).run())
			.withMessage("zcat ended with exit code 2");
	}

}
