package io.eventloop.supervision;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.Signal;
import io.eventloop.StreamReader;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The run of one generation: its launch, its output, the watches, and its end. Belongs to
 * the loop's thread. <pre>
 * launch ──▶ ready ──▶ over ──▶ gone
 *    '────────────────────┘
 * </pre> The owner is told of each step once, and not that it is over if the owner has
 * ended it.
 */
final class GenerationRun {

	/**
	 * How long the output of a child that has exited is waited for, if other processes
	 * hold it open.
	 */
	private static final Duration DRAIN = Duration.ofMillis(250);

	private final EventLoop loop;

	private final String name;

	private final SupervisionSettings settings;

	private final long number;

	private final Owner owner;

	private final Logger output;

	private final LastLines lastLines = new LastLines();

	private final ReadinessWatch readiness;

	private final @Nullable LivenessWatch liveness;

	private final @Nullable WatchdogWatch watchdog;

	private @Nullable Notifications notifications;

	private @Nullable Generation generation;

	private long launchedAt;

	private int openOutputs;

	private boolean ready;

	private boolean ending;

	private boolean exited;

	private boolean treeEnding;

	private boolean treeGone;

	private boolean left;

	private boolean over;

	GenerationRun(EventLoop loop, String name, SupervisionSettings settings, long number, Owner owner) {
		this.loop = loop;
		this.name = name;
		this.settings = settings;
		this.number = number;
		this.owner = owner;
		this.output = LoggerFactory.getLogger("eventloop.services." + name);
		this.readiness = new ReadinessWatch(loop, settings.readiness(), this::becomeReady, this::fail);
		Liveness alive = settings.liveness();
		Probe probe = (alive != null) ? alive.probe() : null;
		this.liveness = (alive != null && probe != null) ? new LivenessWatch(loop, alive, probe, this::fail) : null;
		Duration limit = settings.watchdog();
		this.watchdog = (limit != null) ? new WatchdogWatch(loop, limit, this::fail) : null;
	}

	Generation generation() {
		if (this.generation == null) {
			throw new IllegalStateException("Generation %d of %s is not launched".formatted(this.number, this.name));
		}
		return this.generation;
	}

	/**
	 * Return whether the owner has ended it.
	 */
	boolean isEnding() {
		return this.ending;
	}

	/**
	 * Launch the child.
	 * @param starter starts it
	 */
	void start(Function<SubprocessSpec, LoopFuture<Subprocess>> starter) {
		this.launchedAt = this.loop.time();
		LoopFuture<Subprocess> launch;
		try {
			launch = starter.apply(spec());
		}
		catch (IOException | RuntimeException ex) {
			notLaunched(ex);
			return;
		}
		launch.whenComplete((child, failure) -> {
			if (failure != null) {
				notLaunched(failure);
			}
			else {
				launched(child);
			}
		});
	}

	private SubprocessSpec spec() throws IOException {
		SubprocessSpec spec = notified(this.settings.spec()).name(this.name).teardown(this.settings.teardown()).pipes();
		boolean unread = this.settings.output() == SupervisedOutput.DISCARD && this.settings.readiness().line() == null;
		if (unread) {
			spec = spec.stdout(Redirect.DISCARD);
		}
		return (spec.startNewSession() || spec.processGroup().isPresent()) ? spec : spec.processGroup(0);
	}

	private SubprocessSpec notified(SubprocessSpec spec) throws IOException {
		if (!this.settings.isNotified()) {
			return Notifications.silence(spec);
		}
		this.notifications = Notifications.open(this.loop, this.settings, this::said, this::fail);
		return this.notifications.announce(spec, this.settings.watchdog());
	}

	private void said(Notification notification) {
		this.readiness.take(notification);
		if (this.watchdog != null) {
			this.watchdog.take(notification);
		}
	}

	private void notLaunched(Throwable failure) {
		release();
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		this.treeGone = true;
		conclude("could not be started: " + cause.getMessage(), false, cause);
		leave();
	}

	private void launched(Subprocess child) {
		this.launchedAt = this.loop.time();
		this.generation = new Generation(this.number, child);
		read(child);
		child.onExit().whenComplete((code, failure) -> exited(child, (code != null) ? code : 0));
		if (this.ending) {
			endTree(child);
		}
		else {
			this.readiness.start();
		}
		if (this.notifications != null) {
			this.notifications.launched(child.pid());
		}
	}

	private void read(Subprocess child) {
		StreamReader stdout = child.stdout();
		if (stdout != null && this.settings.output() != SupervisedOutput.CHANNEL) {
			read(stdout, this::line);
		}
		StreamReader stderr = child.stderr();
		if (stderr != null) {
			read(stderr, (line) -> {
				this.lastLines.add(line);
				line(line);
			});
		}
	}

	private void read(StreamReader reader, Consumer<String> lines) {
		this.openOutputs++;
		new OutputLines(reader, lines, this::outputEnded).read();
	}

	private void line(String line) {
		if (this.settings.output() != SupervisedOutput.DISCARD) {
			this.output.info("{}", line);
		}
		this.readiness.line(line);
	}

	private void outputEnded() {
		this.openOutputs--;
		if (this.exited && this.openOutputs == 0) {
			concludeExit();
		}
	}

	private void becomeReady() {
		if (this.exited || this.ending) {
			return;
		}
		this.ready = true;
		if (this.liveness != null) {
			this.liveness.start();
		}
		if (this.watchdog != null) {
			this.watchdog.start();
		}
		this.owner.ready(this);
	}

	/**
	 * End it, as it does not do what it is for.
	 */
	private void fail(String problem) {
		if (!this.exited && !this.ending) {
			endTree(generation().subprocess());
			conclude(problem, false, null);
			leave();
		}
	}

	/**
	 * End it, as its owner wants.
	 */
	void end() {
		if (this.ending) {
			return;
		}
		this.ending = true;
		stopWatches();
		if (this.generation != null) {
			endTree(this.generation.subprocess());
		}
		leave();
	}

	private void exited(Subprocess child, int code) {
		if (this.loop.isClosed()) {
			return;
		}
		if (this.notifications != null) {
			this.notifications.exited();
		}
		this.exited = true;
		stopWatches();
		if (this.generation != null) {
			this.generation.end();
		}
		this.owner.exited(code);
		endTree(child);
		if (this.openOutputs == 0) {
			concludeExit();
		}
		else {
			this.loop.callLater(DRAIN, this::concludeExit);
		}
	}

	private void concludeExit() {
		int code = generation().subprocess().returnCode().orElse(0);
		String how = (code < 0) ? "was killed by %s".formatted(Signal.of(-code))
				: "exited with code %d".formatted(code);
		conclude(how + (this.ready ? "" : " before it was ready"), this.ready && code == 0, null);
		leave();
	}

	private void endTree(Subprocess child) {
		generation().end();
		stopWatches();
		if (!this.treeEnding) {
			this.treeEnding = true;
			child.end(this.settings.teardown()).whenComplete((outcome, failure) -> {
				this.treeGone = true;
				leave();
			});
		}
	}

	private void stopWatches() {
		this.readiness.stop();
		if (this.liveness != null) {
			this.liveness.stop();
		}
		if (this.watchdog != null) {
			this.watchdog.stop();
		}
	}

	private void conclude(String problem, boolean success, @Nullable Throwable cause) {
		if (!this.over) {
			this.over = true;
			Duration ran = Duration.ofNanos(this.loop.time() - this.launchedAt);
			if (!this.ending) {
				this.owner.over(this, new GenerationEnd(problem, success, ran, this.lastLines, cause));
			}
		}
	}

	/**
	 * Tell the owner that nothing is left, once that is so.
	 */
	private void leave() {
		if (this.treeGone && (this.over || this.ending) && !this.left) {
			this.left = true;
			release();
			this.owner.gone(this);
		}
	}

	/**
	 * Release what does not end with the child, also after the loop's close.
	 */
	void release() {
		if (this.notifications != null) {
			this.notifications.close();
			this.notifications = null;
		}
	}

	/**
	 * Whose generation it is.
	 */
	interface Owner {

		void ready(GenerationRun run);

		/**
		 * Called when the child has exited, in whatever way.
		 */
		void exited(int code);

		void over(GenerationRun run, GenerationEnd end);

		void gone(GenerationRun run);

	}

}
