package io.eventloop.message;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.eventloop.LoopFuture;
import io.eventloop.Signal;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.message.MessageChannelException.Reason;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import io.eventloop.testsupport.Proc;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Messages to and from real children.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource(value = WatcherKind.class, names = { "PIDFD", "THREADED", "NONE" })
class MessageChannelIT {

	@RegisterExtension
	private final LoopExtension extension;

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	MessageChannelIT(WatcherKind kind) {
		this.extension = new LoopExtension(kind);
	}

	@ParameterizedTest
	@EnumSource
	void aHundredThousandMessagesComeBackInOrder(MessageFraming framing) throws Exception {
		MessageChannel channel = MessageChannel.over(start("exec cat"), framing).openText(this.received::add);
		LoopFuture<Void> last = channel.send("0");
		for (int i = 1; i < 100_000; i++) {
			last = channel.send(Integer.toString(i));
		}
		last.get(30, TimeUnit.SECONDS);
		Awaitility.await().until(() -> this.received.size() >= 100_000);
		assertThat(this.received)
			.containsExactlyElementsOf(IntStream.range(0, 100_000).mapToObj(Integer::toString).toList());
		close(channel);
	}

	@ParameterizedTest
	@EnumSource
	void aLargeMessageComesBack(MessageFraming framing) throws Exception {
		BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
		MessageChannel channel = MessageChannel.over(start("exec cat"), framing).open(messages::add);
		byte[] message = "abcdefghijklmnopqrstuvwxyz".repeat(400_000).getBytes(StandardCharsets.UTF_8);
		channel.send(message).get(20, TimeUnit.SECONDS);
		assertThat(Arrays.equals(messages.poll(20, TimeUnit.SECONDS), message)).isTrue();
		close(channel);
	}

	@Test
	void messagesOfManyThreadsAreNotMixed() throws Exception {
		MessageChannel channel = MessageChannel.over(start("exec cat"), MessageFraming.LINES)
			.openText(this.received::add);
		List<Thread> senders = IntStream.range(0, 8).mapToObj((sender) -> new Thread(() -> {
			String text = Character.toString('a' + sender).repeat(5000);
			for (int i = 0; i < 100; i++) {
				channel.send(text + i).join();
			}
		})).toList();
		senders.forEach(Thread::start);
		for (Thread sender : senders) {
			sender.join();
		}
		Awaitility.await().until(() -> this.received.size() == 800);
		for (int sender = 0; sender < 8; sender++) {
			String text = Character.toString('a' + sender).repeat(5000);
			assertThat(this.received.stream().filter((message) -> message.startsWith(text)))
				.containsExactlyElementsOf(IntStream.range(0, 100).mapToObj((i) -> text + i).toList());
		}
		close(channel);
	}

	@Test
	void theLoopsOwnThreadMaySend() throws Exception {
		CompletableFuture<MessageChannel> opened = new CompletableFuture<>();
		MessageChannel channel = MessageChannel.over(start("exec cat"), MessageFraming.LINES).openText((message) -> {
			this.received.add(message);
			if (message.length() < 100) {
				opened.join().send(message + "x");
			}
		});
		opened.complete(channel);
		channel.send("x");
		Awaitility.await().until(() -> this.received.size() == 100);
		close(channel);
	}

	@Test
	void aMessageMayComeByteByByte() throws Exception {
		MessageChannel channel = MessageChannel
			.over(start("printf 'Content-Len'; sleep 0.05; printf 'gth: 3\\r\\n\\r'; sleep 0.05; printf '\\na';"
					+ "sleep 0.05; printf b; sleep 0.05; printf c; exec cat"), MessageFraming.CONTENT_LENGTH)
			.openText(this.received::add);
		assertThat(this.received.poll(10, TimeUnit.SECONDS)).isEqualTo("abc");
		close(channel);
	}

	@Test
	void aChildThatDoesNotReadHoldsUpItsSenders() throws Exception {
		MessageChannel channel = MessageChannel.over(start("exec sleep 60"), MessageFraming.LINES)
			.maxWaiting(1_000_000)
			.openText(this.received::add);
		String message = "x".repeat(10_000);
		List<LoopFuture<Void>> sends = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			sends.add(channel.send(message));
		}
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> sends.get(999).get(10, TimeUnit.SECONDS))
			.withCauseInstanceOf(RejectedExecutionException.class)
			.withMessageContaining("raise maxWaiting");
		assertThat(sends.stream().filter((send) -> !send.isDone())).hasSizeBetween(90, 107);
		channel.close();
		Awaitility.await().until(() -> sends.stream().allMatch(LoopFuture::isDone));
	}

	@Test
	void aSendThatIsAbandonedWhileItWaitsIsNotWritten() throws Exception {
		this.extension.requireWatcher("cannot send SIGCONT");
		Subprocess stopped = start("kill -STOP $$; exec cat");
		Awaitility.await().until(() -> Proc.state(stopped.pid()) == Proc.STOPPED);
		MessageChannel held = MessageChannel.over(stopped, MessageFraming.LINES).openText(this.received::add);
		LoopFuture<Void> first = held.send("1".repeat(300_000));
		LoopFuture<Void> second = held.send("2");
		LoopFuture<Void> third = held.send("3");
		assertThat(second.cancel(true)).isTrue();
		stopped.sendSignal(Signal.of(18));
		third.get(10, TimeUnit.SECONDS);
		assertThat(first).isCompleted();
		Awaitility.await().until(() -> this.received.contains("3"));
		assertThat(this.received).doesNotContain("2");
		close(held);
	}

	@Test
	void aPausedChannelReceivesNothing() throws Exception {
		CompletableFuture<MessageChannel> opened = new CompletableFuture<>();
		MessageChannel channel = MessageChannel
			.over(start("i=0; while [ $i -lt 50000 ]; do i=$((i+1)); echo $i; done"), MessageFraming.LINES)
			.openText((message) -> {
				this.received.add(message);
				if (message.equals("100")) {
					opened.join().pause();
				}
			});
		opened.complete(channel);
		Awaitility.await().until(() -> this.received.contains("100"));
		this.extension.run(() -> assertThat(this.received).hasSize(100));
		channel.resume();
		channel.onEnd().get(20, TimeUnit.SECONDS);
		assertThat(this.received)
			.containsExactlyElementsOf(IntStream.rangeClosed(1, 50_000).mapToObj(Integer::toString).toList());
	}

	@Test
	void anExecutorReceivesInOrder() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(4);
		MessageChannel channel = MessageChannel
			.over(start("i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo $i; done"), MessageFraming.LINES)
			.executor(executor)
			.openText((message) -> {
				assertThat(Thread.currentThread().getName()).startsWith("pool-");
				this.received.add(message);
			});
		channel.onEnd().get(20, TimeUnit.SECONDS);
		assertThat(this.received)
			.containsExactlyElementsOf(IntStream.rangeClosed(1, 20_000).mapToObj(Integer::toString).toList());
		executor.shutdown();
		assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void anExecutorReceivesWhatComesBeforeWhatIsNoMessage() throws Exception {
		MessageChannel channel = MessageChannel
			.over(start("echo 1; echo 2; echo 12345678901; exec sleep 60"), MessageFraming.LINES)
			.maxMessage(10)
			.executor(ForkJoinPool.commonPool())
			.openText(this.received::add);
		assertThat(channel.onEnd().get(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.TOO_LARGE);
		assertThat(this.received).containsExactly("1", "2");
	}

	@Test
	void whatWasSentIsWrittenBeforeAClose(@TempDir Path directory) throws Exception {
		Path copy = directory.resolve("copy");
		MessageChannel channel = MessageChannel.over(start("exec cat > " + copy), MessageFraming.LINES)
			.openText(this.received::add);
		List<LoopFuture<Void>> sends = new ArrayList<>();
		this.extension.run(() -> {
			sends.add(channel.send("1"));
			sends.add(channel.send("2"));
			channel.close();
		});
		assertThat(sends).allSatisfy((send) -> assertThat(send).isCompleted());
		close(channel);
		assertThat(copy).hasContent("1\n2\n");
	}

	@Test
	void whatCannotBeSentIsRefusedAtOnce() throws Exception {
		MessageChannel channel = MessageChannel.over(start("exec cat"), MessageFraming.LINES)
			.maxMessage(10)
			.openText(this.received::add);
		assertThatIllegalArgumentException().isThrownBy(() -> channel.send("12345678901"))
			.withMessage("A message of 11 bytes is larger than the limit of 10; raise maxMessage");
		assertThatIllegalArgumentException().isThrownBy(() -> channel.send("a\nb"));
		channel.send("good").get(10, TimeUnit.SECONDS);
		assertThat(this.received.poll(10, TimeUnit.SECONDS)).isEqualTo("good");
		close(channel);
	}

	@Test
	void aChildWithoutPipesIsRefused() throws Exception {
		Subprocess child = this.extension.loop().subprocess(SubprocessSpec.exec("true")).get(10, TimeUnit.SECONDS);
		assertThatIllegalStateException().isThrownBy(() -> MessageChannel.over(child, MessageFraming.LINES))
			.withMessageContaining("is no pipe");
		child.onExit().get(10, TimeUnit.SECONDS);
	}

	private Subprocess start(String command) {
		return this.extension.loop().subprocess(SubprocessSpec.shell(command).pipes()).join();
	}

	private static void close(MessageChannel channel) throws Exception {
		assertThat(channel.close().get(10, TimeUnit.SECONDS).ended()).isTrue();
	}

}
