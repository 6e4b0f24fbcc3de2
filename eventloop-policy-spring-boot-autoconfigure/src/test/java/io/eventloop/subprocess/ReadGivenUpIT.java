package io.eventloop.subprocess;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.eventloop.LoopFuture;
import io.eventloop.Output;
import io.eventloop.StreamReader;
import io.eventloop.StreamWriter;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Callers that give up on a read, a drain or a {@code communicate}, in every way and from
 * any thread: the next caller gets what comes, all of it and in order.
 */
@Timeout(120)
@ParameterizedClass
@EnumSource
class ReadGivenUpIT {

	private static final int LINES = Integer.getInteger("reads.lines", 10_000);

	private static final int STREAMS = 4;

	private static final List<Function<StreamReader, LoopFuture<?>>> READS = List.of(StreamReader::read,
			(stream) -> stream.read(10), (stream) -> stream.readExactly(5), StreamReader::readLine,
			(stream) -> stream.read(ByteBuffer.allocate(10)));

	@RegisterExtension
	private final LoopExtension extension;

	ReadGivenUpIT(WatcherKind watcher) {
		this.extension = new LoopExtension(watcher);
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("A read that is given up makes room for the next one, and loses nothing")
	void readGivesWay(GivingUp givingUp) {
		Subprocess child = this.extension.shell("while read x; do echo $x; done");
		for (Function<StreamReader, LoopFuture<?>> read : READS) {
			LoopFuture<?> givenUp = read.apply(child.stdout());
			givingUp.on(givenUp);
			// What a task or stage waits for is let go just after that is done
			Awaitility.await().until(givenUp::isDone);
			LoopFuture<byte[]> next = child.stdout().readLine();
			child.stdin().write("line\n".getBytes(StandardCharsets.UTF_8));
			assertThat(next.join()).asString().isEqualTo("line\n");
		}
		assertThat(child.communicate().join().stdout()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("A read that is given up on the loop's thread makes room for the next one too")
	void readGivesWayOnTheLoop(GivingUp givingUp) throws Exception {
		Subprocess child = this.extension.shell("while read x; do echo $x; done");
		LoopFuture<byte[]> first = this.extension.call(() -> child.stdout().readLine());
		givingUp.on(first);
		Awaitility.await().until(first::isDone);
		LoopFuture<byte[]> next = this.extension.call(() -> child.stdout().readLine());
		child.stdin().write("line\n".getBytes(StandardCharsets.UTF_8));
		assertThat(next.join()).asString().isEqualTo("line\n");
		child.communicate().join();
	}

	@Test
	@DisplayName("A cancelled read is cancelled as soon as cancel has returned")
	void cancelledAtOnce() {
		Subprocess child = this.extension.shell("while read x; do echo $x; done");
		for (int i = 0; i < 1000; i++) {
			LoopFuture<byte[]> read = child.stdout().readLine();
			assertThat(read.cancel(true)).isTrue();
			assertThat(read.isCancelled()).isTrue();
		}
		child.communicate().join();
	}

	@Test
	@DisplayName("A task that is cancelled lets go of the second read that it waits for")
	void cancelledTaskLetsGo() throws Exception {
		Subprocess child = this.extension.shell("echo one; while read x; do echo $x; done");
		StreamReader out = child.stdout();
		CompletableFuture<String> first = new CompletableFuture<>();
		LoopFuture<byte[]> task = this.extension.loop().createTask(() -> out.readLine().thenCompose((line) -> {
			LoopFuture<byte[]> second = out.readLine();
			first.complete(new String(line, StandardCharsets.UTF_8));
			return second;
		}));
		assertThat(first.join()).isEqualTo("one\n");
		// The callback that reads the second time has returned
		this.extension.run(() -> {
		});
		assertThat(task.cancel(true)).isTrue();
		assertThat(task.isCancelled()).isTrue();
		LoopFuture<byte[]> next = out.readLine();
		child.stdin().write("two\n".getBytes(StandardCharsets.UTF_8));
		assertThat(next.join()).asString().isEqualTo("two\n");
		child.communicate().join();
	}

	@Test
	@DisplayName("A read stays while another stage or a thread still waits for it")
	void readStaysWhileItIsWaitedFor() {
		Subprocess child = this.extension.shell("while read x; do echo $x; done");
		LoopFuture<byte[]> read = child.stdout().readLine();
		CompletableFuture<Integer> length = read.thenApply((line) -> line.length);
		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> read.thenApply(String::new).orTimeout(1, TimeUnit.MILLISECONDS).join())
			.withCauseInstanceOf(TimeoutException.class);
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> read.get(1, TimeUnit.MILLISECONDS));
		child.stdin().write("line\n".getBytes(StandardCharsets.UTF_8));
		assertThat(read.join()).asString().isEqualTo("line\n");
		assertThat(length.join()).isEqualTo(5);
		child.communicate().join();
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("What a communicate that was given up had collected is there for the next one")
	void communicateGivesWay(GivingUp givingUp) throws Exception {
		Subprocess child = this.extension.shell("echo out; echo err >&2; exec 1>&-; read x; exec sleep 60");
		LoopFuture<Output> first = child.communicate("x\n".getBytes(StandardCharsets.UTF_8));
		Awaitility.await()
			.until(() -> this.extension.call(() -> child.stderr().toString()), (text) -> text.contains("4 bytes"));
		givingUp.on(first);
		child.kill();
		Output output = child.communicate().join();
		assertThat(output.stdoutText()).isEqualTo("out\n");
		assertThat(output.stderrText()).isEqualTo("err\n");
		assertThat(output.returnCode()).isEqualTo(this.extension.killedBy(9));
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("A drain that is given up leaves nothing behind, and the next one is told when there is room")
	void drainGivesWay(GivingUp givingUp, @TempDir Path folder) throws IOException {
		Path go = folder.resolve("go");
		Subprocess child = this.extension
			.shell("until [ -e %s ]; do sleep 0.01; done; exec cat > /dev/null".formatted(go));
		StreamWriter in = child.stdin();
		in.write(new byte[1024 * 1024]);
		givingUp.on(in.drain());
		LoopFuture<Void> next = in.drain();
		assertThat(next.isDone()).isFalse();
		Files.createFile(go);
		next.join();
		givingUp.on(child.onDrained());
		assertThat(child.communicate().join().returnCode()).isZero();
	}

	@Test
	@DisplayName("Reads given up at random while lines arrive: none lost, none doubled, all in order")
	void nothingIsLostAtRandom() throws Exception {
		readFromAll(ReadGivenUpIT::readAll);
	}

	@Test
	@DisplayName("So it is where a buffer is read into; one whose read was given up stays as it was")
	void nothingIsLostAtRandomOfBuffers() throws Exception {
		readFromAll(ReadGivenUpIT::readAllIntoABuffer);
	}

	private void readFromAll(BiConsumer<Subprocess, Random> reading) throws Exception {
		List<CompletableFuture<Void>> readers = new ArrayList<>();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < STREAMS; i++) {
			Subprocess child = this.extension.start(
					SubprocessSpec.exec("seq", String.valueOf(LINES)).limit(4096).stdout(ProcessBuilder.Redirect.PIPE));
			CompletableFuture<Void> reader = new CompletableFuture<>();
			Random random = new Random(i);
			threads.add(new Thread(() -> {
				try {
					reading.accept(child, random);
					assertThat(child.stdout().readLine().join()).isEmpty();
					reader.complete(null);
				}
				catch (Throwable ex) {
					reader.completeExceptionally(ex);
				}
			}));
			readers.add(reader);
		}
		threads.forEach(Thread::start);
		for (CompletableFuture<Void> reader : readers) {
			reader.get(110, TimeUnit.SECONDS);
		}
	}

	private static void readAll(Subprocess child, Random random) {
		int expected = 0;
		while (expected < LINES) {
			LoopFuture<byte[]> read = child.stdout().readLine();
			giveUpAtRandom(read, random, new byte[0]);
			byte[] line = read.handle((bytes, ex) -> bytes).join();
			if (line != null && line.length > 0) {
				assertThat(new String(line, StandardCharsets.US_ASCII)).isEqualTo(++expected + "\n");
			}
		}
	}

	private static void readAllIntoABuffer(Subprocess child, Random random) {
		StringBuilder read = new StringBuilder();
		int expected = 0;
		while (expected < LINES) {
			ByteBuffer target = ByteBuffer.allocate(1 + random.nextInt(300));
			LoopFuture<Integer> count = child.stdout().read(target);
			giveUpAtRandom(count, random, 0);
			Integer taken = count.handle((number, ex) -> number).join();
			assertThat(target.position()).isEqualTo((taken != null) ? taken : 0);
			read.append(StandardCharsets.US_ASCII.decode(target.flip()));
			for (int end = read.indexOf("\n"); end >= 0; end = read.indexOf("\n")) {
				assertThat(read.substring(0, end)).isEqualTo(String.valueOf(++expected));
				read.delete(0, end + 1);
			}
		}
	}

	private static <T> void giveUpAtRandom(LoopFuture<T> read, Random random, T nothing) {
		switch (random.nextInt(8)) {
			case 0 -> read.cancel(true);
			case 1 -> CompletableFuture.runAsync(() -> read.cancel(false));
			case 2 -> read.orTimeout(random.nextInt(50), TimeUnit.MICROSECONDS);
			case 3 -> read.completeOnTimeout(nothing, random.nextInt(50), TimeUnit.MICROSECONDS);
			case 4 -> read.complete(nothing);
			case 5 -> read.thenApply((bytes) -> bytes).orTimeout(random.nextInt(50), TimeUnit.MICROSECONDS);
			default -> {
				// This one waits
			}
		}
	}

}
