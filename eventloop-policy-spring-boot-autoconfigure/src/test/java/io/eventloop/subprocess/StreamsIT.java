package io.eventloop.subprocess;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

import io.eventloop.BrokenPipeException;
import io.eventloop.IncompleteReadException;
import io.eventloop.LoopFuture;
import io.eventloop.ReadTransport;
import io.eventloop.StreamReader;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
@ParameterizedClass
@EnumSource
class StreamsIT {

	@RegisterExtension
	private final LoopExtension extension;

	StreamsIT(WatcherKind watcher) {
		this.extension = new LoopExtension(watcher);
	}

	@Test
	@DisplayName("S214 write and drain raise it when the child reads no more")
	void drainFailsWhenNobodyReads() {
		Subprocess child = this.extension.shell("exec <&-; echo closed; exec sleep 60");
		assertThat(child.stdout().readLine().join()).asString().isEqualTo("closed\n");
		child.stdin().write(new byte[1 << 20]);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> child.stdin().drain().join())
			.withCauseInstanceOf(BrokenPipeException.class);
		child.kill();
		child.onExit().join();
	}

	@Test
	@DisplayName("S214 a drain that waits already is told that the pipe broke")
	void waitingDrainFails() {
		Subprocess child = this.extension.shell("read line; exit 0");
		child.stdin().write(new byte[1 << 20]);
		LoopFuture<Void> drained = child.stdin().drain();
		child.stdin().write("\n".getBytes(UTF_8));
		child.terminate();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(drained::join)
			.withCauseInstanceOf(BrokenPipeException.class);
	}

	@Test
	@DisplayName("S215 streams by hand: write, drain, close, read, from any thread")
	void streamsByHand() {
		Subprocess child = this.extension.start(SubprocessSpec.exec("cat").pipes());
		child.stdin().write("some data".getBytes(UTF_8));
		child.stdin().drain().join();
		child.stdin().close();
		assertThat(child.stdout().read().join()).asString().isEqualTo("some data");
		assertThat(child.onExit().join()).isZero();
	}

	@Test
	@DisplayName("S215 what is given to write from another thread may be reused at once")
	void writtenArrayMayBeReused() {
		Subprocess child = this.extension.start(SubprocessSpec.exec("cat").pipes());
		byte[] data = { 'a', 'b' };
		child.stdin().write(data);
		data[0] = 'x';
		child.stdin().writeEof();
		assertThat(child.stdout().read().join()).asString().isEqualTo("ab");
	}

	@Test
	@DisplayName("S229 reading pauses beyond twice the limit and resumes at the limit")
	void pausesAndResumes() throws Exception {
		Subprocess child = this.extension
			.start(SubprocessSpec.shell("head -c 200000 /dev/zero; exec sleep 60").limit(1000).pipes());
		ReadTransport pipe = (ReadTransport) this.extension.call(() -> child.transport().pipeTransport(1));
		Awaitility.await().until(() -> !this.extension.call(pipe::isReading));
		StreamReader stdout = child.stdout();
		int left = 200_000;
		while (left > 0) {
			left -= stdout.read(777).join().length;
		}
		assertThat(this.extension.call(pipe::isReading)).isTrue();
		child.kill();
		child.onDrained().join();
		assertThat(stdout.read().join()).isEmpty();
		assertThat(stdout.atEof()).isTrue();
	}

	@Test
	@DisplayName("S229 a read of more than the limit gets it")
	void readsMoreThanTheLimit() {
		Subprocess child = this.extension
			.start(SubprocessSpec.exec("head", "-c", "300000", "/dev/zero").limit(100).pipes());
		assertThat(child.stdout().readExactly(250_000).join()).hasSize(250_000);
		assertThat(child.stdout().read().join()).hasSize(50_000);
	}

	@Test
	@DisplayName("S230 what is left in the pipe is readable after the exit")
	void readableAfterTheExit() {
		Subprocess child = this.extension.shell("echo left");
		assertThat(child.onExit().join()).isZero();
		assertThat(child.stdout().read().join()).asString().isEqualTo("left\n");
		assertThat(child.stdout().atEof()).isTrue();
	}

	@Test
	@DisplayName("S230 much that is left is readable after the exit, though nothing was read before")
	void muchIsReadableAfterTheExit() {
		Subprocess child = this.extension
			.start(SubprocessSpec.exec("head", "-c", "60000", "/dev/zero").limit(100).pipes());
		assertThat(child.onExit().join()).isZero();
		assertThat(child.onDrained()).isNotDone();
		assertThat(child.stdout().read().join()).hasSize(60_000);
		assertThat(child.onDrained().join()).isZero();
	}

	@Test
	@DisplayName("S231 an interactive child is talked to line by line")
	void talks() {
		Subprocess child = this.extension.shell("while read line; do echo got $line; done");
		for (String word : new String[] { "one", "two", "three" }) {
			child.stdin().write((word + "\n").getBytes(UTF_8));
			assertThat(child.stdout().readLine().join()).asString().isEqualTo("got " + word + "\n");
		}
		child.stdin().close();
		assertThat(child.stdout().readLine().join()).isEmpty();
		assertThat(child.onDrained().join()).isZero();
	}

	@Test
	@DisplayName("S231 closing our end of its output gives the child a broken pipe")
	void closingOutputBreaksTheChildsPipe() throws Exception {
		Subprocess child = this.extension.start(SubprocessSpec.exec("yes").pipes());
		this.extension.run(() -> child.transport().pipeTransport(1).close());
		assertThat(child.onDrained().join()).isEqualTo(this.extension.killedBy(13));
	}

	@Test
	@DisplayName("Lines: with their end, the last one without; too long a one is refused and dropped")
	void readsLines() {
		Subprocess child = this.extension
			.start(SubprocessSpec.shell("echo one; echo; printf '%0300d\\nnext\\nlast' 0").limit(100).pipes());
		StreamReader stdout = child.stdout();
		assertThat(stdout.readLine().join()).asString().isEqualTo("one\n");
		assertThat(stdout.readLine().join()).asString().isEqualTo("\n");
		child.onExit().join();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> stdout.readLine().join())
			.withCauseInstanceOf(IllegalStateException.class)
			.withMessageContaining("longer than the limit of 100 bytes");
		assertThat(stdout.readLine().join()).asString().isEqualTo("next\n");
		assertThat(stdout.readLine().join()).asString().isEqualTo("last");
		assertThat(stdout.readLine().join()).isEmpty();
	}

	@Test
	@DisplayName("An end before as much was read as asked for tells what was read")
	void incompleteRead() {
		Subprocess child = this.extension.shell("printf abc");
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> child.stdout().readExactly(4).join())
			.havingCause()
			.isInstanceOfSatisfying(IncompleteReadException.class,
					(ex) -> assertThat(ex.partial()).asString().isEqualTo("abc"));
	}

	@Test
	@DisplayName("Much output through one buffer, which is used again and again")
	void throughOneBuffer() {
		Subprocess child = this.extension
			.start(SubprocessSpec.exec("seq", "300000").stdout(ProcessBuilder.Redirect.PIPE));
		CRC32 read = new CRC32();
		ByteBuffer buffer = ByteBuffer.allocate(60_000);
		while (child.stdout().read(buffer).join() >= 0) {
			read.update(buffer.flip());
			buffer.clear();
		}
		CRC32 written = new CRC32();
		IntStream.rangeClosed(1, 300_000).forEach((line) -> written.update((line + "\n").getBytes()));
		assertThat(read.getValue()).isEqualTo(written.getValue());
		assertThat(child.onExit().join()).isZero();
	}

	@Test
	@DisplayName("A second read while one waits is refused; a cancelled one gives way and loses nothing")
	void oneReadAtATime() {
		Subprocess child = this.extension.start(SubprocessSpec.exec("cat").pipes());
		LoopFuture<byte[]> first = child.stdout().read(10);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> child.stdout().read(10).join())
			.withCauseInstanceOf(IllegalStateException.class);
		first.cancel(false);
		LoopFuture<byte[]> second = child.stdout().read(10);
		child.stdin().write("data".getBytes(UTF_8));
		assertThat(second.join()).asString().isEqualTo("data");
		child.stdin().close();
		assertThat(child.onDrained().join()).isZero();
	}

	@Test
	@DisplayName("A chain of reads on the loop may be as long as it likes")
	void longChainsOfReads() throws Exception {
		int lines = 100_000;
		Subprocess child = this.extension.start(SubprocessSpec.shell("yes '' | head -n " + lines).pipes());
		child.onExit().join();
		LoopFuture<Integer> count = this.extension.loop().createFuture();
		this.extension.run(() -> countLines(child.stdout(), 0).whenComplete((sum, ex) -> count.complete(sum)));
		assertThat(count.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo(lines);
	}

	private static CompletableFuture<Integer> countLines(StreamReader stream, int sum) {
		return stream.readLine()
			.thenCompose(
					(line) -> (line.length > 0) ? countLines(stream, sum + 1) : CompletableFuture.completedFuture(sum));
	}

	@Test
	@DisplayName("S233 stdin has its own end, with the error, which need not be asked for")
	void stdinHasItsOwnEnd() {
		Subprocess child = this.extension.start(SubprocessSpec.exec("cat").pipes());
		LoopFuture<Void> closed = child.stdin().waitClosed();
		assertThat(closed).isNotDone();
		assertThat(child.stdin().isClosing()).isFalse();
		child.stdin().close();
		assertThat(child.stdin().isClosing()).isTrue();
		assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
		Subprocess broken = this.extension.start(SubprocessSpec.exec("sleep", "60").pipes());
		broken.stdin().write(new byte[1 << 20]);
		broken.kill();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> broken.stdin().waitClosed().join())
			.withCauseInstanceOf(BrokenPipeException.class);
	}

}
