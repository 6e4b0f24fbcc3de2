package io.eventloop.message;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.eventloop.ExitStatus;
import io.eventloop.LoopFuture;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.Teardown;
import io.eventloop.message.MessageChannelException.Reason;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How channels end, and what the end is told to.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource(value = WatcherKind.class, names = { "PIDFD", "THREADED", "NONE" })
class MessageChannelEndIT {

	private static final Teardown QUICK = Teardown.closeInput(Duration.ofMillis(200)).thenKill();

	@RegisterExtension
	private final LoopExtension extension;

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	private Subprocess child;

	MessageChannelEndIT(WatcherKind kind) {
		this.extension = new LoopExtension(kind);
	}

	@Test
	void anExitFailsWhatIsPendingWithStatusAndErrors() throws Exception {
		MessageChannel channel = open("sleep 0.3; echo first >&2; echo no such model >&2; exit 3",
				MessageFraming.LINES);
		LoopFuture<Void> begun = channel.send("x".repeat(1_000_000));
		LoopFuture<Void> waiting = channel.send("y");
		long exited = this.child.onExit().thenApply((code) -> System.nanoTime()).get(10, TimeUnit.SECONDS);
		MessageChannelException reason = end(channel);
		assertThat(Duration.ofNanos(System.nanoTime() - exited)).isLessThan(Duration.ofSeconds(2));
		assertThat(reason)
			.hasMessage("Process %d (sh) ended with exit code 3: first\nno such model".formatted(this.child.pid()));
		assertThat(reason.reason()).isEqualTo(Reason.EXITED);
		assertThat(reason.status()).contains(new ExitStatus.Exited(3));
		assertThat(reason.errorLines()).containsExactly("first", "no such model");
		assertFailed(begun, Reason.EXITED);
		assertFailed(waiting, Reason.EXITED);
		assertFailed(channel.send("z"), Reason.EXITED);
	}

	@Test
	void aKilledChildIsNamedWithItsSignal() throws Exception {
		MessageChannel channel = open("exec cat", MessageFraming.LINES);
		this.child.kill();
		assertThat(end(channel).status()).get()
			.extracting(ExitStatus::returnCode)
			.isEqualTo(this.extension.killedBy(9));
	}

	@Test
	void whatWasWrittenBeforeTheExitComesBeforeTheEnd() throws Exception {
		MessageChannel channel = open("echo 1; echo 2; printf 3", MessageFraming.LINES);
		MessageChannelException reason = end(channel);
		assertThat(this.received).containsExactly("1", "2");
		assertThat(reason).hasMessageContaining("exit code 0, and left an incomplete message of 1 bytes");
	}

	@Test
	void aPausedChannelFailsSendsAtTheExitAndEndsAfterItsMessages() throws Exception {
		CompletableFuture<MessageChannel> opened = new CompletableFuture<>();
		MessageChannel channel = open("echo 1; echo 2; echo 3; sleep 0.3; exit 1", MessageFraming.LINES, (message) -> {
			this.received.add(message);
			opened.join().pause();
		});
		opened.complete(channel);
		assertThat(this.received.poll(10, TimeUnit.SECONDS)).isEqualTo("1");
		LoopFuture<Void> send = channel.send("x".repeat(1_000_000));
		assertFailed(send, Reason.EXITED);
		assertThat(channel.onEnd()).isNotDone();
		channel.resume();
		assertThat(this.received.poll(10, TimeUnit.SECONDS)).isEqualTo("2");
		channel.resume();
		assertThat(this.received.poll(10, TimeUnit.SECONDS)).isEqualTo("3");
		channel.resume();
		assertThat(end(channel).reason()).isEqualTo(Reason.EXITED);
	}

	@Test
	void aGrandchildThatHoldsThePipesDoesNotHoldUpTheEnd() throws Exception {
		MessageChannel channel = open("sleep 5 & echo 1; exit 4", MessageFraming.LINES);
		long begin = System.nanoTime();
		assertThat(end(channel)).hasMessageContaining("exit code 4");
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
		assertThat(this.received).containsExactly("1");
	}

	@Test
	void aChildThatClosesItsOutputIsEnded() throws Exception {
		MessageChannel channel = open("exec >&-; exec sleep 60", MessageFraming.LINES);
		assertThat(end(channel)).hasMessageContaining("has closed its standard output")
			.extracting(MessageChannelException::reason)
			.isEqualTo(Reason.OUTPUT_ENDED);
		assertThat(this.child.onExit().get(10, TimeUnit.SECONDS)).isEqualTo(this.extension.killedBy(9));
	}

	@Test
	void aChildThatClosesItsInputIsEnded() throws Exception {
		MessageChannel channel = open("exec <&-; echo closed; exec sleep 60", MessageFraming.LINES);
		assertThat(this.received.poll(10, TimeUnit.SECONDS)).isEqualTo("closed");
		LoopFuture<Void> send = channel.send("x".repeat(1_000_000));
		assertThat(end(channel).reason()).isEqualTo(Reason.INPUT_ENDED);
		assertFailed(send, Reason.INPUT_ENDED);
		this.child.onExit().get(10, TimeUnit.SECONDS);
	}

	@Test
	void outputBeforeTheFirstHeaderEndsTheChannel() throws Exception {
		MessageChannel channel = open("echo Loading secret model; exec cat", MessageFraming.CONTENT_LENGTH);
		MessageChannelException reason = end(channel);
		assertThat(reason.reason()).isEqualTo(Reason.MALFORMED);
		assertThat(reason).hasMessageContaining("(sh) has written a header whose line 1")
			.hasMessageNotContaining("secret");
		this.child.onExit().get(10, TimeUnit.SECONDS);
	}

	@Test
	void aMessageBeyondTheLimitEndsAChildThatWritesOn() throws Exception {
		MessageChannel channel = open("yes | tr -d '\\n'", MessageFraming.LINES);
		assertThat(end(channel)).hasMessageContaining("a message of more than 16777216 bytes; raise maxMessage")
			.extracting(MessageChannelException::reason)
			.isEqualTo(Reason.TOO_LARGE);
		this.child.onExit().get(10, TimeUnit.SECONDS);
	}

	@Test
	void aConsumerThatThrowsEndsTheChannelAndNotTheLoop() throws Exception {
		IllegalStateException thrown = new IllegalStateException("of the consumer");
		MessageChannel channel = open("echo 1; echo 2; exec cat", MessageFraming.LINES, (message) -> {
			this.received.add(message);
			throw thrown;
		});
		MessageChannelException reason = end(channel);
		assertThat(reason.reason()).isEqualTo(Reason.CONSUMER_FAILED);
		assertThat(reason).hasCause(thrown);
		this.child.onExit().get(10, TimeUnit.SECONDS);
		assertThat(this.received).containsExactly("1");
		assertThat(this.extension.call(() -> "alive")).isEqualTo("alive");
	}

	@Test
	void aConsumerThatOverflowsTheStackEndsTheChannel() throws Exception {
		MessageChannel channel = open("echo 1; exec cat", MessageFraming.LINES, (message) -> {
			throw new StackOverflowError();
		});
		assertThat(end(channel)).hasCauseInstanceOf(StackOverflowError.class);
		this.child.onExit().get(10, TimeUnit.SECONDS);
	}

	@Test
	void closeLetsTheChildEndItself() throws Exception {
		MessageChannel channel = open("while read line; do :; done; exit 7", MessageFraming.LINES);
		channel.send("last").get(10, TimeUnit.SECONDS);
		Teardown.Outcome outcome = channel.close().get(10, TimeUnit.SECONDS);
		assertThat(outcome.step()).isInstanceOf(Teardown.CloseInput.class);
		assertThat(this.child.onExit().get(10, TimeUnit.SECONDS)).isEqualTo(7);
		assertThat(end(channel).reason()).isEqualTo(Reason.CLOSED);
		assertFailed(channel.send("x"), Reason.CLOSED);
		assertThat(channel.close().get(10, TimeUnit.SECONDS)).isEqualTo(outcome);
	}

	@Test
	void closeEndsAChildThatIgnoresIt() throws Exception {
		MessageChannel channel = open("trap '' TERM; echo ready; while :; do sleep 0.1; done", MessageFraming.LINES);
		assertThat(this.received.poll(10, TimeUnit.SECONDS)).isEqualTo("ready");
		assertThat(channel.close().get(10, TimeUnit.SECONDS).ended()).isTrue();
		assertThat(this.child.onExit().get(10, TimeUnit.SECONDS)).isEqualTo(this.extension.killedBy(9));
	}

	@Test
	void nothingIsDeliveredAfterClose() throws Exception {
		MessageChannel channel = open("trap 'echo late; exit' TERM; echo ready; while :; do sleep 0.1; done",
				MessageFraming.LINES);
		assertThat(this.received.poll(10, TimeUnit.SECONDS)).isEqualTo("ready");
		channel.close().get(10, TimeUnit.SECONDS);
		assertThat(this.received).isEmpty();
	}

	@Test
	void theLoopsCloseEndsTheChannel() throws Exception {
		MessageChannel channel = open("exec sleep 60", MessageFraming.LINES);
		LoopFuture<Void> send = channel.send("x".repeat(1_000_000));
		LoopFuture<Void> waiting = channel.send("x");
		CompletableFuture<MessageChannelException> reason = channel.onEnd().thenApply((why) -> why);
		this.extension.close();
		assertThat(reason.get(1, TimeUnit.SECONDS).reason()).isEqualTo(Reason.LOOP_CLOSED);
		assertFailed(send, Reason.LOOP_CLOSED);
		assertFailed(waiting, Reason.LOOP_CLOSED);
		assertFailed(channel.send("y"), Reason.LOOP_CLOSED);
		channel.pause();
		channel.resume();
		channel.close();
	}

	@Test
	void aChannelMayBeOpenedAfterTheExit() throws Exception {
		this.child = start("echo 1; echo gone >&2");
		this.child.onExit().get(10, TimeUnit.SECONDS);
		MessageChannel channel = MessageChannel.over(this.child, MessageFraming.LINES).openText(this.received::add);
		assertThat(end(channel).errorLines()).containsExactly("gone");
		assertThat(this.received).containsExactly("1");
	}

	@Test
	void errorsMayBeLeftToOtherCode() throws Exception {
		this.child = start("echo mine >&2; read line");
		MessageChannel channel = MessageChannel.over(this.child, MessageFraming.LINES)
			.leaveErrors()
			.openText(this.received::add);
		assertThat(this.child.requireStderr().readLine().get(10, TimeUnit.SECONDS)).asString().isEqualTo("mine\n");
		channel.send("go");
		assertThat(end(channel).errorLines()).isEqualTo(List.of());
	}

	private MessageChannel open(String command, MessageFraming framing) {
		return open(command, framing, this.received::add);
	}

	private MessageChannel open(String command, MessageFraming framing, Consumer<String> consumer) {
		this.child = start(command);
		return MessageChannel.over(this.child, framing).teardown(QUICK).openText(consumer);
	}

	private Subprocess start(String command) {
		return this.extension.loop().subprocess(SubprocessSpec.shell(command).pipes()).join();
	}

	private static MessageChannelException end(MessageChannel channel) throws Exception {
		return channel.onEnd().get(20, TimeUnit.SECONDS);
	}

	private static void assertFailed(LoopFuture<Void> send, Reason reason) {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> send.get(10, TimeUnit.SECONDS))
			.withCauseInstanceOf(MessageChannelException.class)
			.satisfies((ex) -> assertThat(((MessageChannelException) ex.getCause()).reason()).isEqualTo(reason));
	}

}
