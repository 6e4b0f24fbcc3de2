package io.eventloop.supervision;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.TimerHandle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Supervises on one loop. At most one {@link GenerationRun} exists at a time: a start
 * that comes while the last one is ending is <em>due</em>, and takes place when that is
 * gone. All but the snapshots belongs to the loop's thread.
 */
final class LoopSupervisedProcess implements SupervisedProcess, GenerationRun.Owner {

	private static final Logger logger = LoggerFactory.getLogger(SupervisedProcess.class);

	private final EventLoop loop;

	private final String name;

	private final SupervisionSettings settings;

	private final List<SupervisedProcess> dependencies;

	private final Function<SubprocessSpec, LoopFuture<Subprocess>> starter;

	private final Restarts restarts;

	private final PendingFutures<Generation> awaitingReady;

	private final PendingFutures<Void> awaitingStop;

	private final SupervisionListeners listeners;

	private volatile SupervisionStatus status = new SupervisionStatus(SupervisionState.STOPPED, Instant.now(), 0,
			OptionalInt.empty(), null, List.of());

	private volatile @Nullable Generation current;

	private @Nullable GenerationRun run;

	private @Nullable TimerHandle delay;

	private boolean due;

	private boolean everStarted;

	/**
	 * Counts what callers have asked for, so that an answer which comes late is known.
	 */
	private long requests;

	private RuntimeException notRunning;

	/**
	 * Create the process.
	 * @param starter starts children
	 * @param random 0 to 1, where the jitter is taken from
	 */
	LoopSupervisedProcess(EventLoop loop, String name, SupervisionSettings settings,
			List<SupervisedProcess> dependencies, Function<SubprocessSpec, LoopFuture<Subprocess>> starter,
			DoubleSupplier random) {
		this.loop = loop;
		this.name = name;
		this.settings = settings;
		this.dependencies = List.copyOf(dependencies);
		this.starter = starter;
		this.restarts = new Restarts(settings.backoff(), settings.startLimit(), random);
		this.awaitingReady = new PendingFutures<>(loop);
		this.awaitingStop = new PendingFutures<>(loop);
		this.listeners = new SupervisionListeners(loop, this);
		this.notRunning = exception("is not started; call start()", null);
	}

	static SupervisedProcess create(EventLoop loop, String name, SupervisionSettings settings,
			List<SupervisedProcess> dependencies) {
		if (name.isBlank()) {
			throw new IllegalArgumentException("The name of a supervised process is blank; give one for its logs");
		}
		LoopSupervisedProcess process = new LoopSupervisedProcess(loop, name, settings, dependencies, loop::subprocess,
				() -> ThreadLocalRandom.current().nextDouble());
		process.endWithLoop();
		return process;
	}

	void endWithLoop() {
		this.loop.addCloseListener(this::loopClosed);
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public EventLoop loop() {
		return this.loop;
	}

	@Override
	public List<SupervisedProcess> dependencies() {
		return this.dependencies;
	}

	@Override
	public SupervisionStatus status() {
		return this.status;
	}

	@Override
	public Optional<Generation> current() {
		return Optional.ofNullable(this.current).filter((generation) -> !generation.isOver());
	}

	@Override
	public void addListener(SupervisionListener listener) {
		this.listeners.add(listener);
	}

	@Override
	public boolean removeListener(SupervisionListener listener) {
		return this.listeners.remove(listener);
	}

	@Override
	public void onReady(Consumer<? super Generation> callback) {
		post(() -> {
			this.listeners.add(callback);
			current().ifPresent((generation) -> this.listeners.ready(callback, generation));
		});
	}

	@Override
	public LoopFuture<Generation> start() {
		LoopFuture<Generation> future = this.awaitingReady.add();
		post(() -> {
			if (isAtRest()) {
				begin();
			}
			answer(future);
		});
		return future;
	}

	@Override
	public LoopFuture<Generation> whenReady() {
		LoopFuture<Generation> future = this.awaitingReady.add();
		post(() -> {
			if (!this.everStarted) {
				begin();
			}
			answer(future);
		});
		return future;
	}

	@Override
	public LoopFuture<Generation> restart() {
		LoopFuture<Generation> future = this.awaitingReady.add();
		post(() -> {
			endRun();
			begin();
			answer(future);
		});
		return future;
	}

	@Override
	public LoopFuture<Void> stop() {
		LoopFuture<Void> future = this.awaitingStop.add();
		post(() -> {
			this.requests++;
			this.everStarted = true;
			this.due = false;
			cancelDelay();
			if (state() != SupervisionState.STOPPED) {
				rest(SupervisionState.STOPPED, null, exception("was stopped; start it first", null));
			}
			endRun();
			if (this.run == null) {
				future.complete(null);
			}
		});
		return future;
	}

	private void post(Runnable callback) {
		try {
			this.loop.callSoonThreadsafe(callback);
		}
		catch (IllegalStateException ex) {
			logger.trace("The loop of {} is closed, which has failed what is asked of it", this.name, ex);
		}
	}

	private boolean isAtRest() {
		return state() == SupervisionState.STOPPED || state() == SupervisionState.FAILED;
	}

	private void answer(LoopFuture<Generation> future) {
		if (isAtRest()) {
			future.completeExceptionally(this.notRunning);
		}
		else {
			current().ifPresent(future::complete);
		}
	}

	/**
	 * Start by hand.
	 */
	private void begin() {
		this.everStarted = true;
		this.restarts.reset();
		cancelDelay();
		long request = ++this.requests;
		enter(SupervisionState.STARTING, null, List.of());
		if (this.dependencies.isEmpty()) {
			launchWhenGone();
			return;
		}
		CompletableFuture
			.allOf(this.dependencies.stream().map(SupervisedProcess::start).toArray(CompletableFuture[]::new))
			.whenComplete((ready, failure) -> post(() -> {
				if (request == this.requests) {
					dependenciesReady(failure);
				}
			}));
	}

	private void dependenciesReady(@Nullable Throwable failure) {
		if (failure == null) {
			launchWhenGone();
			return;
		}
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		fail("was not started, as what it depends on is not ready", ": " + cause.getMessage(), cause);
	}

	private void launchWhenGone() {
		this.due = true;
		launchIfDue();
	}

	private void launchIfDue() {
		if (!this.due || this.run != null) {
			return;
		}
		this.due = false;
		this.restarts.started(this.loop.time());
		SupervisionStatus before = this.status;
		long number = before.generation() + 1;
		this.status = before.launching(number);
		enter(SupervisionState.STARTING, before.problem(), before.lastLines());
		GenerationRun next = new GenerationRun(this.loop, this.name, this.settings, number, this);
		this.run = next;
		next.start(this.starter);
	}

	private void endRun() {
		this.current = null;
		if (this.run != null) {
			this.run.end();
		}
	}

	private void cancelDelay() {
		if (this.delay != null) {
			this.delay.cancel();
			this.delay = null;
		}
	}

	@Override
	public void ready(GenerationRun ready) {
		Generation generation = ready.generation();
		this.current = generation;
		logger.info("{} is ready (process {}, generation {})", this.name, generation.subprocess().pid(),
				generation.number());
		enter(SupervisionState.READY, this.status.problem(), this.status.lastLines());
		this.awaitingReady.completeAll(generation);
		this.listeners.ready(generation);
	}

	@Override
	public void exited(int code) {
		this.status = this.status.exited(code);
	}

	@Override
	public void over(GenerationRun ended, GenerationEnd end) {
		this.current = null;
		if (this.loop.isClosed()) {
			return;
		}
		String ran = (end.cause() != null) ? "" : " after %d ms".formatted(end.ran().toMillis());
		String problem = this.name + " " + end.problem() + ran;
		List<String> lines = end.lines().lines();
		enter(state(), problem, lines);
		if (!this.settings.restart().restarts(end.success())) {
			if (end.success()) {
				logger.info("{}; it is not started again", problem);
				rest(SupervisionState.STOPPED, problem, new SupervisionException(this.name,
						problem + ", and is not started again; start it, or set another restart policy", null));
			}
			else {
				fail(end.problem() + "; it is not started again", end.lines().sentence(), end.cause());
			}
			return;
		}
		Duration wait = this.restarts.ended(end.ran());
		if (this.restarts.isExhausted(this.loop.time() + wait.toNanos())) {
			StartLimit limit = this.settings.startLimit();
			fail("%s; it was started %d times within %s, its start limit, so restart it by hand"
				.formatted(end.problem(), limit.count(), limit.within()), end.lines().sentence(), end.cause());
			return;
		}
		logger.warn("{}; it is started again in {} ms{}", problem, wait.toMillis(), end.lines().sentence());
		this.delay = this.loop.callLater(wait, () -> {
			this.delay = null;
			launchWhenGone();
		});
		enter(SupervisionState.BACKING_OFF, problem, lines);
	}

	private void fail(String problem, String details, @Nullable Throwable cause) {
		SupervisionException failure = exception(problem + details, cause);
		logger.error("{}", failure.getMessage());
		rest(SupervisionState.FAILED, this.name + " " + problem, failure);
	}

	private void rest(SupervisionState state, @Nullable String problem, RuntimeException reason) {
		this.notRunning = reason;
		enter(state, problem, this.status.lastLines());
		this.awaitingReady.failAll(reason);
	}

	@Override
	public void gone(GenerationRun ended) {
		this.run = null;
		if (this.loop.isClosed()) {
			return;
		}
		this.awaitingStop.completeAll(null);
		launchIfDue();
	}

	private void enter(SupervisionState state, @Nullable String problem, List<String> lines) {
		SupervisionStatus before = this.status;
		this.status = before.in(state, problem, lines);
		if (before.state() != state) {
			logger.debug("{} goes from {} to {}", this.name, before.state(), state);
			this.listeners.changed(before.state(), state);
		}
	}

	private void loopClosed() {
		this.current = null;
		if (this.run != null) {
			this.run.release();
		}
		SupervisionException closed = exception("was ended, as its loop was closed", null);
		this.notRunning = closed;
		if (state() != SupervisionState.FAILED) {
			enter(SupervisionState.STOPPED, this.status.problem(), this.status.lastLines());
		}
		this.awaitingReady.close(closed);
		this.awaitingStop.close(closed);
	}

	private SupervisionException exception(String what, @Nullable Throwable cause) {
		return new SupervisionException(this.name, this.name + " " + what, cause);
	}

	@Override
	public String toString() {
		return "SupervisedProcess[name=%s, state=%s]".formatted(this.name, state());
	}

}
