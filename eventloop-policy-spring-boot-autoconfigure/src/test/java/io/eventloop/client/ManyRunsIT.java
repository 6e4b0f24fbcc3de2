package io.eventloop.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.eventloop.Signal;
import io.eventloop.Teardown;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many runs that end in all ways, by chance, 64 at once: each future is done within its
 * deadline and its ladder, each in a way that its command allows, and no process is left.
 * {@code -Dclient.runs=10000} for the long form.
 */
@Timeout(1200)
@ParameterizedClass
@EnumSource(names = { "THREADED", "PIDFD", "SAFE" })
class ManyRunsIT {

	private static final int RUNS = Integer.getInteger("client.runs", 300);

	private static final int AT_ONCE = 64;

	/**
	 * How many more than run wait for a place, where deadlines pass too.
	 */
	private static final int WAITING = 16;

	private static final Teardown LADDER = Teardown.closeInput(Duration.ofMillis(20))
		.then(Signal.SIGTERM, Duration.ofMillis(200))
		.thenKill();

	/**
	 * How much later than its deadline and its ladder a run may be done: a SIGKILL has
	 * two seconds to be seen, and the test's own children compete for the processors.
	 */
	private static final Duration SLACK = Duration.ofSeconds(10);

	private static final String LATE = " late";

	private static final String AS_SAID = " as said";

	@RegisterExtension
	private final LoopExtension extension;

	private final String mark = "MARK=" + UUID.randomUUID();

	private final Random random = new Random(4711);

	private final Semaphore open = new Semaphore(AT_ONCE + WAITING);

	private final Map<String, Integer> outcomes = new ConcurrentSkipListMap<>();

	private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);

	ManyRunsIT(WatcherKind watcher) {
		this.extension = new LoopExtension(watcher);
	}

	@Test
	void everyRunEndsInTimeAndLeavesNothing() throws InterruptedException {
		ConcurrencyLimit limit = ConcurrencyLimit.of(AT_ONCE, RUNS);
		SubprocessClient client = SubprocessClient.builder(this.extension.loop())
			.limit(limit)
			.defaults((command) -> command.teardown(LADDER)
				.drainTimeout(Duration.ofMillis(100))
				.environment("MARK", this.mark.substring("MARK=".length())))
			.build();
		Map<Kind, Integer> started = new EnumMap<>(Kind.class);
		List<CompletableFuture<Void>> runs = new ArrayList<>();
		for (int i = 0; i < RUNS; i++) {
			this.open.acquire();
			Kind kind = Kind.values()[this.random.nextInt(Kind.values().length)];
			started.merge(kind, 1, Integer::sum);
			runs.add(start(kind, client).whenComplete((done, failure) -> this.open.release()));
		}
		for (CompletableFuture<Void> run : runs) {
			run.orTimeout(300, TimeUnit.SECONDS).join();
		}
		System.out.printf("%d runs ended as they may: %s; the latest %d ms after its deadline and ladder%n", RUNS,
				this.outcomes, TimeUnit.NANOSECONDS.toMillis(this.latest.get()));
		started.forEach((kind, count) -> assertThat(ended(kind)).as(kind.toString()).isEqualTo(count));
		assertThat(this.outcomes.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(RUNS);
		assertThat(Duration.ofNanos(this.latest.get())).isLessThan(SLACK);
		// A future that was cancelled is done before its run
		Awaitility.await().until(() -> limit.running() == 0 && limit.queued() == 0);
		assertThat(limit.rejected()).isZero();
		Awaitility.await().untilAsserted(() -> assertThat(survivors()).isEmpty());
	}

	private int ended(Kind kind) {
		return this.outcomes.getOrDefault(kind + LATE, 0) + this.outcomes.getOrDefault(kind + AS_SAID, 0);
	}

	/**
	 * Start a run, every third one with a deadline that passes while it waits or runs, if
	 * it does not end before.
	 */
	private CompletableFuture<Void> start(Kind kind, SubprocessClient client) {
		boolean hurried = kind == Kind.LATE || this.random.nextInt(3) == 0;
		Duration deadline = hurried ? Duration.ofMillis(1 + this.random.nextInt(400)) : Duration.ofSeconds(60);
		long begun = System.nanoTime();
		CompletableFuture<SubprocessResult> run = kind.run(kind.command(client, this.random).timeout(deadline),
				this.random);
		return run.handle((result, failure) -> {
			long bound = deadline.plus(LADDER.duration()).toNanos();
			this.latest.accumulateAndGet(System.nanoTime() - begun - bound, Math::max);
			boolean late = failure instanceof SubprocessTimeoutException;
			if (late) {
				assertThat(hurried).as("%s whose deadline is far away", kind).isTrue();
			}
			else {
				kind.check(result, failure);
			}
			this.outcomes.merge(kind + (late ? LATE : AS_SAID), 1, Integer::sum);
			return null;
		});
	}

	/**
	 * Return the processes that bear the mark of this test, zombies aside, which have
	 * none.
	 */
	private List<String> survivors() throws IOException {
		List<String> survivors = new ArrayList<>();
		try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
			for (Path process : processes) {
				try {
					String environment = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
					if (environment.contains(this.mark)) {
						survivors.add(process + " "
								+ Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1));
					}
				}
				catch (IOException ex) {
					// It has ended
				}
			}
		}
		return survivors;
	}

	private enum Kind {

		QUICK {

			@Override
			SubprocessCommand command(SubprocessClient client, Random random) {
				return client.exec("echo", "text");
			}

			@Override
			void check(SubprocessResult result, Throwable failure) {
				assertThat(failure).isNull();
				assertThat(result.text()).isEqualTo("text\n");
			}

		},

		LATE {

			@Override
			SubprocessCommand command(SubprocessClient client, Random random) {
				return client.shell("trap '' TERM; sleep 60 & sleep 60; wait");
			}

			@Override
			void check(SubprocessResult result, Throwable failure) {
				assertThat(failure).isInstanceOf(SubprocessTimeoutException.class);
			}

		},

		CANCELLED {

			@Override
			SubprocessCommand command(SubprocessClient client, Random random) {
				return client.shell("sleep 60 & cat; wait").input("text");
			}

			@Override
			CompletableFuture<SubprocessResult> run(SubprocessCommand command, Random random) {
				CompletableFuture<SubprocessResult> run = command.runAsync();
				CompletableFuture.delayedExecutor(random.nextInt(1000), TimeUnit.MILLISECONDS)
					.execute(() -> run.cancel(true));
				return run;
			}

			@Override
			void check(SubprocessResult result, Throwable failure) {
				assertThat(failure).isInstanceOf(CancellationException.class);
			}

		},

		TOO_MUCH {

			@Override
			SubprocessCommand command(SubprocessClient client, Random random) {
				return client.exec("yes").maxOutput(1 + random.nextInt(200_000));
			}

			@Override
			void check(SubprocessResult result, Throwable failure) {
				assertThat(failure).isInstanceOf(OutputLimitException.class);
			}

		},

		CONSUMER_FAILS {

			@Override
			SubprocessCommand command(SubprocessClient client, Random random) {
				AtomicInteger left = new AtomicInteger(random.nextInt(100));
				return client.shell("yes & yes").onLine((line) -> {
					if (left.getAndDecrement() == 0) {
						throw new IllegalArgumentException("enough");
					}
				});
			}

			@Override
			void check(SubprocessResult result, Throwable failure) {
				assertThat(failure).isInstanceOf(IllegalArgumentException.class);
			}

		},

		ENDS_A_HOLDER {

			@Override
			SubprocessCommand command(SubprocessClient client, Random random) {
				String holder = random.nextBoolean() ? "sleep 60 &" : "(trap '' TERM; exec sleep 60) &";
				return client.shell(holder + " echo done").endTreeOnExit();
			}

			@Override
			void check(SubprocessResult result, Throwable failure) {
				assertThat(failure).isNull();
				assertThat(result.text()).isEqualTo("done\n");
			}

		},

		LEAVES_A_HOLDER {

			@Override
			SubprocessCommand command(SubprocessClient client, Random random) {
				return client.shell("sleep 3 & echo done");
			}

			@Override
			void check(SubprocessResult result, Throwable failure) {
				assertThat(failure).isNull();
				assertThat(result.text()).isEqualTo("done\n");
			}

		};

		abstract SubprocessCommand command(SubprocessClient client, Random random);

		CompletableFuture<SubprocessResult> run(SubprocessCommand command, Random random) {
			return command.runAsync();
		}

		abstract void check(SubprocessResult result, Throwable failure);

	}

}
