package io.eventloop.supervision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.eventloop.ExitStatus;
import io.eventloop.SubprocessSpec;
import io.eventloop.Teardown;
import io.eventloop.message.MessageChannel;
import io.eventloop.message.MessageChannelException;
import io.eventloop.message.MessageFraming;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages to a server that is killed again and again under load. With
 * {@code -Dsupervision.kills=100} it is killed as often, and the figures are printed.
 */
@Timeout(300)
class SupervisedChannelIT {

	private static final int KILLS = Integer.getInteger("supervision.kills", 10);

	private static final int CALLERS = 4;

	private static final int HELD = 8;

	/**
	 * Answers each line with its process id and the line, and those that begin with an
	 * {@code h} never.
	 */
	private static final String SERVER = "while read -r id; do case $id in h*) ;; *) echo \"$$ $id\";; esac; done";

	@RegisterExtension
	private final LoopExtension extension = new LoopExtension(WatcherKind.PIDFD);

	private final Map<Long, Server> servers = new ConcurrentHashMap<>();

	private final Queue<String> strays = new ConcurrentLinkedQueue<>();

	private final Queue<Long> latencies = new ConcurrentLinkedQueue<>();

	private final AtomicLong answered = new AtomicLong();

	private final AtomicLong failed = new AtomicLong();

	private SupervisedProcess process;

	@AfterEach
	void stop() throws Exception {
		this.process.stop().get(20, TimeUnit.SECONDS);
	}

	@Test
	void eachCallOfOneThatIsKilledEndsAndLaterOnesReachTheNext() throws Exception {
		this.process = SupervisedProcess.create(this.extension.loop(), "server",
				SupervisionSettings.of(SubprocessSpec.shell(SERVER))
					.output(SupervisedOutput.CHANNEL)
					.teardown(Teardown.kill())
					.backoff(new Backoff(Duration.ofMillis(5), Duration.ofMillis(5), 1, 0, Duration.ofHours(1)))
					.startLimit(new StartLimit(10 * KILLS, Duration.ofHours(1))));
		AtomicBoolean over = new AtomicBoolean();
		ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
		List<Future<?>> calling = new ArrayList<>();
		try {
			for (int i = 0; i < CALLERS; i++) {
				String caller = "c" + i;
				calling.add(callers.submit(() -> {
					callUntil(over, caller);
					return null;
				}));
			}
			Random random = new Random(42);
			for (int i = 1; i <= KILLS; i++) {
				Server server = current();
				assertThat(server.generation.number()).isEqualTo(i);
				killWhileCallsAreHeld(server, random.nextInt(20));
			}
			assertThat(current().call("last").get(10, TimeUnit.SECONDS)).endsWith(" last");
		}
		finally {
			over.set(true);
			callers.shutdown();
		}
		for (Future<?> caller : calling) {
			caller.get(20, TimeUnit.SECONDS);
		}
		assertThat(this.strays).isEmpty();
		assertThat(this.servers.values()).allSatisfy((server) -> assertThat(server.pending).isEmpty());
		assertThat(this.answered.get()).isPositive();
		report();
	}

	private Server current() throws Exception {
		Generation generation = this.process.whenReady().get(20, TimeUnit.SECONDS);
		return this.servers.computeIfAbsent(generation.number(), (number) -> new Server(generation));
	}

	/**
	 * Call one after the other, which all are answered by the generation that was asked,
	 * or fail with its end.
	 */
	private void callUntil(AtomicBoolean over, String caller) throws Exception {
		for (int i = 0; !over.get(); i++) {
			Server server = current();
			try {
				String answer = server.call(caller + "-" + i).get(10, TimeUnit.SECONDS);
				assertThat(answer).isEqualTo("%d %s-%d", server.generation.subprocess().pid(), caller, i);
				this.answered.incrementAndGet();
			}
			catch (ExecutionException ex) {
				assertThat(ex).hasCauseInstanceOf(MessageChannelException.class);
				this.failed.incrementAndGet();
			}
		}
	}

	private void killWhileCallsAreHeld(Server server, int after) throws Exception {
		List<CompletableFuture<String>> held = new ArrayList<>();
		for (int i = 0; i < HELD; i++) {
			held.add(server.call("h" + i));
		}
		for (int i = 0; i <= after; i++) {
			assertThat(server.call("before-" + i).get(10, TimeUnit.SECONDS)).isNotNull();
		}
		server.killedAt = System.nanoTime();
		server.generation.subprocess().kill();
		for (CompletableFuture<String> call : held) {
			assertThat(call).failsWithin(Duration.ofSeconds(10))
				.withThrowableThat()
				.havingCause()
				.isInstanceOfSatisfying(MessageChannelException.class, (reason) -> {
					assertThat(reason.reason()).isEqualTo(MessageChannelException.Reason.EXITED);
					assertThat(reason.status()).hasValueSatisfying(
							(status) -> assertThat(((ExitStatus.Signaled) status).signal()).isEqualTo(9));
				});
		}
	}

	private void report() {
		if (System.getProperty("supervision.kills") != null) {
			List<Long> sorted = this.latencies.stream().sorted().toList();
			System.out.printf(
					"%d kills; %d calls answered, %d failed; death to failure of %d pending calls: median %.2f ms, 99%% %.2f ms, longest %.2f ms%n",
					KILLS, this.answered.get(), this.failed.get(), sorted.size(), millis(sorted, 0.5),
					millis(sorted, 0.99), millis(sorted, 1));
		}
	}

	private static double millis(List<Long> sorted, double part) {
		return sorted.get((int) Math.min(sorted.size() - 1, part * sorted.size())) / 1e6;
	}

	/**
	 * One generation, and the calls that it was asked.
	 */
	private final class Server {

		private final Generation generation;

		private final MessageChannel channel;

		private final Map<String, CompletableFuture<String>> pending = new ConcurrentHashMap<>();

		private volatile long killedAt = Long.MAX_VALUE;

		Server(Generation generation) {
			this.generation = generation;
			this.channel = MessageChannel.over(generation.subprocess(), MessageFraming.LINES)
				.leaveErrors()
				.teardown(Teardown.kill())
				.openText(this::answer);
			this.channel.onEnd().thenAccept((reason) -> this.pending.keySet().forEach((id) -> fail(id, reason)));
		}

		CompletableFuture<String> call(String id) {
			long begun = System.nanoTime();
			CompletableFuture<String> call = new CompletableFuture<>();
			call.whenComplete((answer, failure) -> {
				if (failure != null && begun < this.killedAt) {
					SupervisedChannelIT.this.latencies.add(System.nanoTime() - this.killedAt);
				}
			});
			this.pending.put(id, call);
			this.channel.send(id).whenComplete((sent, failure) -> {
				if (failure != null) {
					fail(id, failure);
				}
			});
			return call;
		}

		private void fail(String id, Throwable reason) {
			CompletableFuture<String> call = this.pending.remove(id);
			if (call != null) {
				call.completeExceptionally(reason);
			}
		}

		private void answer(String line) {
			CompletableFuture<String> call = this.pending.remove(line.substring(line.indexOf(' ') + 1));
			if (call == null) {
				SupervisedChannelIT.this.strays.add(line);
			}
			else {
				call.complete(line);
			}
		}

	}

}
