package io.eventloop.subprocess;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.ReadTransport;
import io.eventloop.RunningLoop;
import io.eventloop.StreamReader;
import io.eventloop.testsupport.SteppedReactor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(30)
class PipeStreamReaderTests {

	private static final int LIMIT = 10;

	private final SteppedReactor reactor = new SteppedReactor();

	private final EventLoop loop = this.reactor.loop();

	private final CountingTransport transport = new CountingTransport();

	private final PipeStreamReader reader = new PipeStreamReader(this.loop, this.transport, LIMIT,
			new StallReport(this.loop, "stream", Duration.ofDays(1), null), (error) -> new IOException(error));

	@AfterEach
	void closeLoop() {
		this.reactor.close();
	}

	/**
	 * Run it on the loop, where reads begin at once.
	 */
	private void onLoop(Runnable call) {
		this.loop.callSoon(call);
		this.reactor.pass();
		assertThat(this.reactor.errors).isEmpty();
	}

	private void feed(String text) {
		onLoop(() -> this.reader.feed(text.getBytes(UTF_8)));
	}

	@Test
	@DisplayName("a child for whose data there is no memory is ended outside of the stream's lock, which others may take")
	void endsTheChildOutsideOfTheLock() {
		AtomicReference<PipeStreamReader> made = new AtomicReference<>();
		made.set(new PipeStreamReader(this.loop, this.transport, LIMIT,
				new StallReport(this.loop, "stream", Duration.ofDays(1), null), (error) -> {
					assertThat(CompletableFuture.supplyAsync(made.get()::toString).orTimeout(5, TimeUnit.SECONDS))
						.succeedsWithin(Duration.ofSeconds(10));
					return new IOException("no memory", error);
				}));
		List<LoopFuture<byte[]>> reads = new ArrayList<>();
		onLoop(() -> {
			reads.add(made.get().submit((buffer, ended) -> {
				throw new OutOfMemoryError("on purpose");
			}));
			reads.add(made.get().read());
		});
		assertThat(reads)
			.allSatisfy((read) -> assertThatExceptionOfType(CompletionException.class).isThrownBy(read::join)
				.havingCause()
				.withMessage("no memory"));
	}

	@Test
	@DisplayName("so it is, on the loop, where another thread reads; its read waits for the reason")
	void endsTheChildOnTheLoop() {
		PipeStreamReader failing = new PipeStreamReader(this.loop, this.transport, LIMIT,
				new StallReport(this.loop, "stream", Duration.ofDays(1), null), (error) -> {
					assertThat(RunningLoop.get()).isSameAs(this.loop);
					return new IOException("no memory", error);
				});
		LoopFuture<byte[]> read = failing.submit((buffer, ended) -> {
			throw new OutOfMemoryError("on purpose");
		});
		assertThat(read).isNotDone();
		this.reactor.pass();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(read::join)
			.havingCause()
			.withMessage("no memory");
	}

	@Test
	@DisplayName("S229 reading pauses beyond twice the limit, not at it, and resumes at the limit")
	void pausesBeyondTwiceTheLimit() {
		feed("x".repeat(2 * LIMIT));
		assertThat(this.transport.calls).isEmpty();
		feed("x");
		assertThat(this.transport.calls).containsExactly("pause");
		onLoop(() -> this.reader.read(LIMIT));
		assertThat(this.transport.calls).as("one more than the limit is left").containsExactly("pause");
		onLoop(() -> this.reader.read(1));
		assertThat(this.transport.calls).containsExactly("pause", "resume");
	}

	@Test
	@DisplayName("S229 it resumes for a read that needs more than the limit")
	void resumesForALargeRead() {
		feed("x".repeat(3 * LIMIT));
		List<LoopFuture<byte[]>> read = new ArrayList<>();
		onLoop(() -> read.add(this.reader.readExactly(5 * LIMIT)));
		assertThat(this.transport.calls).containsExactly("pause", "resume");
		feed("x".repeat(2 * LIMIT));
		assertThat(read.get(0)).isCompleted();
	}

	@Test
	void aLineMayComeInPieces() {
		List<LoopFuture<byte[]>> read = new ArrayList<>();
		onLoop(() -> read.add(this.reader.readLine()));
		feed("one");
		assertThat(read.get(0)).isNotDone();
		feed(" line\nrest");
		assertThat(read.get(0).join()).asString().isEqualTo("one line\n");
	}

	@Test
	@DisplayName("A line as long as the limit is read; one longer is refused, and what follows it is kept")
	void lineLimit() {
		feed("x".repeat(LIMIT) + "\n" + "y".repeat(LIMIT + 1) + "\nz\n");
		List<LoopFuture<byte[]>> read = new ArrayList<>();
		onLoop(() -> {
			read.add(this.reader.readLine());
			read.add(this.reader.readLine());
			read.add(this.reader.readLine());
		});
		assertThat(read.get(0).join()).hasSize(LIMIT + 1);
		assertThat(read.get(1)).isCompletedExceptionally();
		assertThat(read.get(2).join()).asString().isEqualTo("z\n");
	}

	@Test
	@DisplayName("A long line in small pieces is searched once, not anew for every piece")
	void longLine() {
		int pieces = 16 * 1024;
		byte[] piece = new byte[4 * 1024];
		PipeStreamReader patient = new PipeStreamReader(this.loop, this.transport, Integer.MAX_VALUE,
				new StallReport(this.loop, "stream", Duration.ofDays(1), null), (error) -> new IOException(error));
		List<LoopFuture<byte[]>> read = new ArrayList<>();
		onLoop(() -> read.add(patient.readLine()));
		for (int i = 0; i < pieces; i++) {
			onLoop(() -> patient.feed(piece));
		}
		onLoop(() -> patient.feed(new byte[] { '\n' }));
		assertThat(read.get(0).join()).hasSize(pieces * piece.length + 1);
	}

	@Test
	@DisplayName("A read in another thread is answered from the buffer, without the loop")
	void answersOtherThreadsFromTheBuffer() {
		feed("one\ntwo\n");
		assertThat(this.reader.readLine().join()).asString().isEqualTo("one\n");
		LoopFuture<byte[]> pending = this.reader.readExactly(5);
		assertThat(pending).isNotDone();
		assertThat(pending.cancel(false)).isTrue();
		assertThat(this.reader.readLine().join()).asString().isEqualTo("two\n");
	}

	@Test
	@DisplayName("A read that waits for its turn behind many others is done when the loop closes")
	void readsInARowAreDoneWhenTheLoopCloses() {
		feed("x".repeat(10));
		onLoop(this.reader::end);
		List<LoopFuture<byte[]>> reads = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			LoopFuture<byte[]> read = this.reader.read(1);
			reads.add(read);
			if (!read.isDone()) {
				break;
			}
		}
		assertThat(reads).last().satisfies((read) -> assertThat(read).isNotDone());
		this.reactor.close();
		assertThat(reads).allSatisfy((read) -> assertThat(read).isDone());
	}

	@Test
	@DisplayName("A line too long that has not ended yet is dropped as far as it is there")
	void unendedLongLine() {
		List<LoopFuture<byte[]>> read = new ArrayList<>();
		onLoop(() -> read.add(this.reader.readLine()));
		feed("x".repeat(LIMIT + 1));
		assertThat(read.get(0)).isCompletedExceptionally();
		onLoop(() -> read.add(this.reader.readLine()));
		feed("rest\n");
		assertThat(read.get(1).join()).asString().isEqualTo("rest\n");
	}

	@Test
	void anErrorOfThePipeFailsEveryRead() {
		List<LoopFuture<byte[]>> read = new ArrayList<>();
		IllegalStateException failure = new IllegalStateException("on purpose");
		onLoop(() -> {
			read.add(this.reader.readExactly(5));
			this.reader.feed(new byte[1]);
			this.reader.fail(failure);
			read.add(this.reader.read(1));
		});
		assertThat(read)
			.allSatisfy((future) -> assertThatExceptionOfType(CompletionException.class).isThrownBy(future::join)
				.withCause(failure));
	}

	@Test
	void nothingIsReadAtOnce() {
		List<LoopFuture<byte[]>> read = new ArrayList<>();
		onLoop(() -> {
			read.add(this.reader.read(0));
			read.add(this.reader.readExactly(0));
		});
		assertThat(read).allSatisfy((future) -> assertThat(future.join()).isEmpty());
		assertThatIllegalArgumentException().isThrownBy(() -> this.reader.read(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.reader.readExactly(-1));
	}

	@Test
	void theEndIsKnownOnceEverythingIsRead() {
		feed("x");
		onLoop(this.reader::end);
		assertThat(this.reader.atEof()).isFalse();
		onLoop(() -> this.reader.read(1));
		assertThat(this.reader.atEof()).isTrue();
	}

	@Test
	void aReadOnAClosedLoopFails() {
		this.reactor.close();
		StreamReader stream = this.reader;
		assertThat(stream.read()).isCompletedExceptionally();
	}

	/**
	 * As a transport does.
	 */
	private void arrive(String text) {
		onLoop(() -> {
			ByteBuffer data = ByteBuffer.wrap(text.getBytes(UTF_8));
			this.reader.fill(data);
			byte[] rest = new byte[data.remaining()];
			data.get(rest);
			this.reader.feed(rest);
		});
	}

	@Test
	@DisplayName("A buffer that waits is filled with what is read, and the rest is kept for the next read")
	void fillsABuffer() {
		ByteBuffer target = ByteBuffer.allocate(8).position(1).limit(4);
		LoopFuture<Integer> read = this.reader.read(target);
		arrive("abcde");
		assertThat(read.join()).isEqualTo(3);
		assertThat(target.position()).isEqualTo(4);
		assertThat(target.array()).containsExactly(0, 'a', 'b', 'c', 0, 0, 0, 0);
		assertThat(this.reader.readExactly(2).join()).asString().isEqualTo("de");
	}

	@Test
	@DisplayName("It is told after the rest is there, as its caller may read on at once")
	void tellsOfAFilledBufferOnceTheRestIsThere() {
		List<String> rest = new ArrayList<>();
		onLoop(() -> this.reader.read(ByteBuffer.allocate(2))
			.thenCompose((count) -> this.reader.read(10))
			.thenAccept((bytes) -> rest.add(new String(bytes, UTF_8))));
		arrive("abcde");
		assertThat(rest).containsExactly("cde");
	}

	@Test
	@DisplayName("A buffer gets what was read before, -1 at the end, and 0 without room; one that is read-only is refused")
	void readsIntoABuffer() {
		feed("abc");
		feed("de");
		ByteBuffer target = ByteBuffer.allocateDirect(4);
		assertThat(this.reader.read(target).join()).isEqualTo(4);
		assertThat(UTF_8.decode(target.flip()).toString()).isEqualTo("abcd");
		assertThat(this.reader.read(ByteBuffer.allocate(0)).join()).isZero();
		assertThat(this.reader.read(ByteBuffer.allocate(9)).join()).isOne();
		LoopFuture<Integer> last = this.reader.read(ByteBuffer.allocate(9));
		onLoop(this.reader::end);
		assertThat(last.join()).isEqualTo(-1);
		assertThat(this.reader.read(ByteBuffer.allocate(9)).join()).isEqualTo(-1);
		assertThatIllegalArgumentException().isThrownBy(() -> this.reader.read(target.asReadOnlyBuffer()))
			.withMessageContaining("read-only");
	}

	@Test
	@DisplayName("A buffer that was filled is told so, though there is no memory for the rest")
	void tellsOfAFilledBufferThoughThePipeIsLost() {
		LoopFuture<Integer> read = this.reader.read(ByteBuffer.allocate(2));
		onLoop(() -> {
			this.reader.fill(ByteBuffer.wrap("abc".getBytes(UTF_8)));
			this.reader.fail(new IOException("no memory"));
		});
		assertThat(read.join()).isEqualTo(2);
		assertThat(this.reader.readLine()).isCompletedExceptionally();
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_22)
	@DisplayName("A buffer whose memory was freed meanwhile fails its read, and what was read stays for the next")
	void memoryThatIsGone() throws Exception {
		Class<?> arenas = Class.forName("java.lang.foreign.Arena");
		Object arena = arenas.getMethod("ofConfined").invoke(null);
		Object segment = arenas.getMethod("allocate", long.class, long.class).invoke(arena, 8L, 1L);
		ByteBuffer target = (ByteBuffer) Class.forName("java.lang.foreign.MemorySegment")
			.getMethod("asByteBuffer")
			.invoke(segment);
		LoopFuture<Integer> read = this.reader.read(target);
		arenas.getMethod("close").invoke(arena);
		arrive("abc");
		assertThatExceptionOfType(CompletionException.class).isThrownBy(read::join)
			.withCauseInstanceOf(IllegalStateException.class);
		assertThat(this.reader.readExactly(3).join()).asString().isEqualTo("abc");
	}

	private static final class CountingTransport implements ReadTransport {

		private final List<String> calls = new ArrayList<>();

		@Override
		public void pauseReading() {
			this.calls.add("pause");
		}

		@Override
		public void resumeReading() {
			this.calls.add("resume");
		}

		@Override
		public boolean isReading() {
			return true;
		}

		@Override
		public void close() {
		}

		@Override
		public boolean isClosing() {
			return false;
		}

	}

}
