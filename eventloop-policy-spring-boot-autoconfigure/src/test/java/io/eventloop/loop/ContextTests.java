package io.eventloop.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.Runner;
import io.eventloop.Signal;
import io.eventloop.posix.ChildProcess;
import io.eventloop.posix.Descriptors;
import io.eventloop.posix.Descriptors.Pipe;
import io.eventloop.selector.NioSelector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class ContextTests {

	private final EventLoop loop = new SelectorEventLoop();

	private final ContextWord word = new ContextWord();

	private final List<@Nullable String> seen = new ArrayList<>();

	private final Runnable record = () -> this.seen.add(this.word.get());

	@BeforeEach
	void captureTheWord() {
		this.loop.setContextCapture(this.word);
	}

	@AfterEach
	void closeLoop() {
		this.loop.close();
	}

	static Stream<Named<BiFunction<EventLoop, Runnable, Object>>> scheduling() {
		return Stream.of(Named.of("soon", EventLoop::callSoon), Named.of("threadsafe", EventLoop::callSoonThreadsafe),
				Named.of("later", (loop, callback) -> loop.callLater(Duration.ofMillis(1), callback)),
				Named.of("at", (loop, callback) -> loop.callAt(loop.time(), callback)),
				Named.of("task", (loop, callback) -> loop.createTask(() -> {
					callback.run();
					return CompletableFuture.completedFuture("done");
				})));
	}

	@ParameterizedTest
	@MethodSource("scheduling")
	@DisplayName("S50 a callback runs in the context in which it was scheduled, and leaves the thread as it was")
	void callbackRunsInItsContext(BiFunction<EventLoop, Runnable, Object> schedule) {
		this.word.with("mine", () -> schedule.apply(this.loop, this.record));
		schedule.apply(this.loop, this.record);
		this.word.with("other", () -> schedule.apply(this.loop, this.record));
		this.loop.callLater(Duration.ofMillis(20), this.loop::stop);
		this.loop.runForever();
		assertThat(this.seen).containsExactly("mine", null, "other");
		assertThat(this.word.get()).isNull();
	}

	@Test
	@DisplayName("S50 what a callback schedules inherits its context")
	void contextIsInherited() {
		this.word.with("mine", () -> this.loop.callSoon(() -> this.loop.callSoonThreadsafe(this.record)));
		runOnce();
		runOnce();
		assertThat(this.seen).containsExactly("mine");
	}

	@Test
	@DisplayName("S50 a thread-safe call carries the context of its thread")
	void contextOfAnotherThread() throws InterruptedException {
		Thread caller = new Thread(
				() -> this.word.with("other thread", () -> this.loop.callSoonThreadsafe(this.record)));
		caller.start();
		caller.join();
		this.word.with("loop's thread", () -> {
			runOnce();
			return this.word.get();
		});
		assertThat(this.seen).containsExactly("other thread");
	}

	@Test
	@DisplayName("S50 a timer of a foreign thread keeps its context")
	void timerOfAnotherThread() {
		CompletableFuture<Void> scheduled = new CompletableFuture<>();
		this.loop.callSoon(() -> scheduled.completeAsync(() -> this.word.with("other thread", () -> {
			this.loop.callLater(Duration.ZERO, this.record);
			return null;
		})));
		this.loop.runUntilComplete(scheduled);
		this.loop.callLater(Duration.ofMillis(5), this.loop::stop);
		this.loop.runForever();
		assertThat(this.seen).containsExactly("other thread");
	}

	@Test
	@DisplayName("S50 work in an executor runs in the context in which it was submitted, and so does what is chained to it")
	void workInAnExecutor() {
		LoopFuture<@Nullable String> work = this.word.with("mine", () -> this.loop.runInExecutor(null, this.word::get));
		CompletableFuture<Void> chained = this.word.with("chained", () -> work.thenRun(this.record));
		assertThat(this.loop.runUntilComplete(work)).isEqualTo("mine");
		assertThat(chained).isCompleted();
		assertThat(this.seen).containsExactly("chained");
	}

	@Test
	@DisplayName("S50 readers and writers run in the context in which they were registered, at every event")
	void readersAndWriters() throws IOException {
		Pipe pipe = Descriptors.pipe();
		Descriptors.write(pipe.writeEnd(), ByteBuffer.allocateDirect(1));
		this.word.with("reader", () -> {
			this.loop.addReader(pipe.readEnd(), this.record);
			return null;
		});
		this.word.with("writer", () -> {
			this.loop.addWriter(pipe.writeEnd(), this.record);
			return null;
		});
		runOnce();
		runOnce();
		this.loop.removeReader(pipe.readEnd());
		this.loop.removeWriter(pipe.writeEnd());
		Descriptors.close(pipe.readEnd());
		Descriptors.close(pipe.writeEnd());
		assertThat(this.seen).containsExactlyInAnyOrder("reader", "writer", "reader", "writer");
	}

	@Test
	@DisplayName("S50 so do the readers of channels")
	void readersOfChannels() throws IOException {
		java.nio.channels.Pipe pipe = java.nio.channels.Pipe.open();
		pipe.source().configureBlocking(false);
		pipe.sink().write(ByteBuffer.allocate(1));
		try (EventLoop channels = new SelectorEventLoop(new NioSelector())) {
			channels.setContextCapture(this.word);
			this.word.with("channel", () -> {
				channels.addReader(pipe.source(), this.record);
				return null;
			});
			channels.stop();
			channels.runForever();
		}
		pipe.source().close();
		pipe.sink().close();
		assertThat(this.seen).containsExactly("channel");
	}

	@Test
	@DisplayName("S50 the handler of a signal runs in the context in which it was registered")
	void signalHandler() {
		this.word.with("mine", () -> {
			this.loop.addSignalHandler(Signal.SIGWINCH, () -> {
				this.record.run();
				this.loop.stop();
			});
			return null;
		});
		this.loop.callSoon(() -> ChildProcess.of(ProcessHandle.current().pid()).signal(Signal.SIGWINCH));
		this.loop.runForever();
		assertThat(this.seen).containsExactly("mine");
	}

	static Stream<Named<BiFunction<LoopFuture<String>, Runnable, CompletionStage<?>>>> chaining() {
		CompletableFuture<String> other = CompletableFuture.completedFuture("other");
		CompletableFuture<String> never = new CompletableFuture<>();
		return Stream.of(Named.of("thenApply", (future, record) -> future.thenApply((value) -> run(record))),
				Named.of("thenAccept", (future, record) -> future.thenAccept((value) -> record.run())),
				Named.of("thenRun", LoopFuture::thenRun),
				Named.of("thenCombine", (future, record) -> future.thenCombine(other, (a, b) -> run(record))),
				Named.of("thenAcceptBoth", (future, record) -> future.thenAcceptBoth(other, (a, b) -> record.run())),
				Named.of("runAfterBoth", (future, record) -> future.runAfterBoth(other, record)),
				Named.of("applyToEither", (future, record) -> future.applyToEither(never, (value) -> run(record))),
				Named.of("acceptEither", (future, record) -> future.acceptEither(never, (value) -> record.run())),
				Named.of("runAfterEither", (future, record) -> future.runAfterEither(never, record)),
				Named.of("thenCompose", (future, record) -> future.thenCompose((value) -> {
					record.run();
					return other;
				})),
				Named.of("whenComplete", (future, record) -> future.whenComplete((value, failure) -> record.run())),
				Named.of("handle", (future, record) -> future.handle((value, failure) -> run(record))),
				Named.of("exceptionally", (future, record) -> failing(future).exceptionally((failure) -> run(record))),
				Named.of("exceptionallyCompose", (future, record) -> failing(future).exceptionallyCompose((failure) -> {
					record.run();
					return other;
				})), Named.of("thenApplyAsync", (future, record) -> future.thenApplyAsync((value) -> run(record))),
				Named.of("thenRunAsync", LoopFuture::thenRunAsync));
	}

	@ParameterizedTest
	@MethodSource("chaining")
	@DisplayName("S50 what is chained to a future runs in the context in which it was chained")
	void chainedCallbackRunsInItsContext(BiFunction<LoopFuture<String>, Runnable, CompletionStage<?>> chain) {
		LoopFuture<String> future = this.loop.createFuture();
		CompletionStage<?> chained = this.word.with("chained", () -> chain.apply(future, this.record));
		this.word.with("completed", () -> this.loop.callSoon(() -> future.complete("done")));
		this.loop.runUntilComplete(chained);
		assertThat(this.seen).containsExactly("chained");
	}

	static Stream<Named<BiFunction<EventLoop, Runnable, Object>>> failures() {
		return Stream.of(Named.of("handle", (loop, record) -> loop.callSoon(ContextTests::fail)),
				Named.of("timer", (loop, record) -> loop.callAt(0, ContextTests::fail)),
				Named.of("task", (loop, record) -> {
					LoopFuture<String> task = loop.createTask(CompletableFuture::new);
					loop.setContextCapture(null);
					loop.callSoon(() -> loop
						.callExceptionHandler(io.eventloop.ExceptionContext.of("A task failed", null, "future", task)));
					return task;
				}));
	}

	@ParameterizedTest
	@MethodSource("failures")
	@DisplayName("S101 the exception handler runs in the context of the handle or task in the report")
	void exceptionHandlerRunsInTheContext(BiFunction<EventLoop, Runnable, Object> failing) {
		this.loop.setExceptionHandler((loop, context) -> this.record.run());
		this.word.with("mine", () -> failing.apply(this.loop, this.record));
		this.loop.callSoon(() -> this.loop.callExceptionHandler(io.eventloop.ExceptionContext.of("No handle", null)));
		runOnce();
		assertThat(this.seen).containsExactlyInAnyOrder("mine", null);
	}

	@Test
	@DisplayName("S50 without a capture callbacks run in whatever the loop's thread has")
	void switchedOff() {
		this.loop.setContextCapture(null);
		this.word.with("mine", () -> this.loop.callSoon(this.record));
		this.word.with("loop's thread", () -> {
			runOnce();
			return null;
		});
		assertThat(this.loop.captureContext()).isNull();
		assertThat(this.seen).containsExactly("loop's thread");
	}

	@Test
	@DisplayName("S50 a context that cannot be opened is reported, and the callback runs without it")
	void brokenContext() {
		List<Throwable> errors = new ArrayList<>();
		this.loop.setContextCapture(() -> () -> {
			throw new IllegalStateException("broken");
		});
		this.loop.callSoon(this.record);
		this.loop.setContextCapture(null);
		this.loop.setExceptionHandler((loop, context) -> errors.add(context.exception()));
		this.loop.callSoon(this.record);
		runOnce();
		assertThat(errors).singleElement().isInstanceOf(IllegalStateException.class);
		assertThat(this.seen).hasSize(2);
	}

	@Test
	@DisplayName("S50 where no context can be captured, callbacks, tasks and work come to their end all the same")
	void brokenCapture() {
		this.loop.setContextCapture(() -> {
			throw new IllegalStateException("broken");
		});
		assertThat(this.loop.runUntilComplete(this.loop.createTask(() -> CompletableFuture.completedFuture(1))))
			.isEqualTo(1);
		assertThat(this.loop.runUntilComplete(this.loop.runInExecutor(null, () -> 2))).isEqualTo(2);
		assertThat(this.loop.captureContext()).isNull();
	}

	@Test
	@DisplayName("S50 tasks and work whose context cannot be opened come to their end all the same")
	void workWithABrokenContext() {
		this.loop.setExceptionHandler((loop, context) -> {
		});
		this.loop.setContextCapture(() -> () -> {
			throw new IllegalStateException("broken");
		});
		assertThat(this.loop.runUntilComplete(this.loop.createTask(() -> CompletableFuture.completedFuture(1))))
			.isEqualTo(1);
		assertThat(this.loop.runUntilComplete(this.loop.runInExecutor(null, () -> 2))).isEqualTo(2);
	}

	@Test
	@DisplayName("S44 the runs of a runner share the context in which its loop was made")
	void contextOfARunner() {
		Supplier<EventLoop> factory = () -> {
			EventLoop made = new SelectorEventLoop();
			made.setContextCapture(this.word);
			return made;
		};
		try (Runner runner = new Runner(null, factory)) {
			this.word.with("runner's", runner::getLoop);
			for (String around : List.of("first", "second")) {
				this.word.with(around, () -> runner.<Void>run((loop) -> {
					this.record.run();
					return CompletableFuture.completedFuture(null);
				}));
			}
		}
		assertThat(this.seen).containsExactly("runner's", "runner's");
	}

	private static LoopFuture<String> failing(LoopFuture<String> future) {
		return (LoopFuture<String>) future
			.<String>thenCompose((value) -> CompletableFuture.failedFuture(new IllegalStateException("broken")));
	}

	private static String run(Runnable record) {
		record.run();
		return "recorded";
	}

	private static void fail() {
		throw new IllegalStateException("broken");
	}

	private void runOnce() {
		this.loop.stop();
		this.loop.runForever();
	}

}
