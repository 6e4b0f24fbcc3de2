package io.eventloop.subprocess;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.eventloop.ChildExit;
import io.eventloop.ChildHandler;
import io.eventloop.ChildTree;
import io.eventloop.ChildWatcher;
import io.eventloop.ExitStatus;
import io.eventloop.ProcessLookupException;
import io.eventloop.Signal;
import io.eventloop.SubprocessSpec;
import io.eventloop.memory.MemoryReserve;
import io.eventloop.memory.RepeatableCallback;
import io.eventloop.posix.InheritedStreams;
import org.jspecify.annotations.Nullable;

/**
 * A child that {@link ProcessBuilder} has started and that the JDK waits for. Its exit
 * value is what the JDK says, 128 and the signal's number for one that was killed, which
 * an exit with that code cannot be told from.
 */
final class JdkChild implements Child {

	private static final int NO_PIPE = -1;

	private final BlockingPipeReactor reactor;

	private final ChildTree tree;

	private final Process process;

	private final int[] ourEnds = { NO_PIPE, NO_PIPE, NO_PIPE };

	private final Runnable waiting = this::awaitExit;

	private final long startedAt;

	private final long spawnNanos;

	private JdkChild(BlockingPipeReactor reactor, ChildTree tree, Process process, long startedAt, long spawnNanos) {
		SubprocessSpec spec = tree.spec();
		this.reactor = reactor;
		this.tree = tree;
		this.process = process;
		this.startedAt = startedAt;
		this.spawnNanos = spawnNanos;
		if (spec.stdin().equals(Redirect.PIPE)) {
			this.ourEnds[ChildStreams.STDIN] = reactor.add(process.getOutputStream());
		}
		if (spec.stdout().equals(Redirect.PIPE)) {
			this.ourEnds[ChildStreams.STDOUT] = reactor.add(process.getInputStream());
		}
		if (spec.stderr().equals(Redirect.PIPE) && !spec.redirectErrorStream()) {
			this.ourEnds[ChildStreams.STDERR] = reactor.add(process.getErrorStream());
		}
	}

	@SuppressWarnings("try") // Pipes are there to be held
	static JdkChild start(ChildTree tree, BlockingPipeReactor reactor, LaunchGate gate) throws IOException {
		SubprocessSpec spec = tree.spec();
		if (spec.startNewSession() || spec.processGroup().isPresent()) {
			throw new UnsupportedOperationException(
					"java.lang.Process cannot put %s into another session or process group; leave out startNewSession and processGroup, and detached, which needs a session, or use a selector loop"
						.formatted(spec.program()));
		}
		ProcessFailure.requireDirectory(spec.directory());
		List<String> command = command(tree);
		long begin = System.nanoTime();
		try (HeldPipes held = HeldPipes.await(spec, gate)) {
			gate.pass();
			Process process = builder(spec, command).start();
			long end = System.nanoTime();
			try {
				return new JdkChild(reactor, tree, process, end, end - begin);
			}
			catch (OutOfMemoryError ex) {
				// The JDK reaps it
				process.destroyForcibly();
				throw ex;
			}
		}
		catch (IOException ex) {
			throw ProcessFailure.explain(spec, ex);
		}
	}

	private static List<String> command(ChildTree tree) throws IOException {
		SubprocessSpec spec = tree.spec();
		List<String> wrapper = RestrictedStart.wrapper(tree);
		if (wrapper.isEmpty()) {
			return spec.command();
		}
		List<String> command = new ArrayList<>(wrapper);
		command.add(ProcessFailure.requireProgram(spec));
		command.addAll(spec.command().subList(1, spec.command().size()));
		return command;
	}

	private static ProcessBuilder builder(SubprocessSpec spec, List<String> command) {
		ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(ours(ChildStreams.STDOUT, spec.stdout()))
			.redirectError(ours(ChildStreams.STDERR, spec.stderr()))
			.redirectErrorStream(spec.redirectErrorStream());
		Redirect stdin = ours(ChildStreams.STDIN, spec.stdin());
		builder.redirectInput(stdin.equals(Redirect.DISCARD) ? Redirect.from(Redirect.DISCARD.file()) : stdin);
		if (spec.directory() != null) {
			builder.directory(spec.directory().toFile());
		}
		changeEnvironment(builder, spec);
		return builder;
	}

	/**
	 * What a stream is, where this process does not have the one to be inherited.
	 */
	private static Redirect ours(int stream, Redirect redirect) {
		return (redirect.equals(Redirect.INHERIT) && !InheritedStreams.has(stream)) ? Redirect.DISCARD : redirect;
	}

	/**
	 * Set what is different, and leave alone what is as in this process: the JDK then
	 * hands over the bytes that it has, whatever they mean.
	 */
	private static void changeEnvironment(ProcessBuilder builder, SubprocessSpec spec) {
		Map<String, String> own = spec.environment();
		if (own == null && spec.environmentChanges().isEmpty()) {
			return;
		}
		Map<String, String> variables = builder.environment();
		Map<String, ? extends @Nullable String> wanted = spec.environmentChanges();
		if (own != null) {
			variables.keySet().retainAll(own.keySet());
			wanted = own;
		}
		wanted.forEach((name, value) -> {
			if (value == null) {
				variables.remove(name);
			}
			else if (!value.equals(variables.get(name))) {
				variables.put(name, value);
			}
		});
	}

	@Override
	public long pid() {
		return this.process.pid();
	}

	@Override
	public boolean isReaped() {
		return !this.process.isAlive();
	}

	@Override
	public long lastOwnTick() {
		return isReaped() ? -1 : Long.MAX_VALUE;
	}

	@Override
	public ChildTree tree() {
		return this.tree;
	}

	@Override
	public @Nullable ChildWatcher watcher() {
		return null;
	}

	@Override
	public long startedAt() {
		return this.startedAt;
	}

	@Override
	public long spawnNanos() {
		return this.spawnNanos;
	}

	@Override
	public boolean isPipe(int stream) {
		return this.ourEnds[stream] != NO_PIPE;
	}

	@Override
	public int ourEnd(int stream) {
		return this.ourEnds[stream];
	}

	@Override
	public void closeOurEnds() {
		for (int end : this.ourEnds) {
			this.reactor.discard(end);
		}
	}

	@Override
	public void watch(ChildHandler handler) {
		RepeatableCallback inputEnded = () -> this.reactor.childExited(this.ourEnds[ChildStreams.STDIN]);
		this.reactor.execute(() -> {
			MemoryReserve.insist(this.waiting);
			try {
				MemoryReserve.post(this.reactor.loop(), inputEnded);
			}
			catch (IllegalStateException ex) {
				// The loop is closed, and the pipe with it
			}
			catch (OutOfMemoryError ex) {
				// The next write notices that nothing reads the pipe any more
				MemoryReserve.release();
			}
			handler.childExited(exitForSure());
		});
	}

	/**
	 * Return the exit, however long there is no memory for it: it is reported from here
	 * or not at all.
	 */
	private ChildExit exitForSure() {
		while (true) {
			try {
				return exit();
			}
			catch (OutOfMemoryError ex) {
				MemoryReserve.await();
			}
		}
	}

	/**
	 * Block in {@code waitFor()} rather than use {@link Process#onExit()}, which
	 * completes in the common pool and would be late while that is busy.
	 */
	private void awaitExit() {
		boolean interrupted = false;
		while (this.process.isAlive()) {
			try {
				this.process.waitFor();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void unwatch() {
	}

	/**
	 * No watcher takes what the JDK waits for.
	 */
	@Override
	public void claimExit() {
	}

	@Override
	public @Nullable ExitStatus peek() {
		return this.process.isAlive() ? null : exit().status();
	}

	@Override
	public void signal(Signal signal) {
		ProcessHandle handle = this.process.toHandle();
		boolean sent;
		if (signal.equals(Signal.SIGTERM)) {
			sent = handle.destroy();
		}
		else if (signal.equals(Signal.SIGKILL)) {
			sent = handle.destroyForcibly();
		}
		else {
			throw new UnsupportedOperationException(
					"java.lang.Process can send SIGTERM and SIGKILL, not %s; use a selector loop".formatted(signal));
		}
		if (sent) {
			return;
		}
		// The JDK reaps the child first and tells of it a moment later
		if (this.process.isAlive() && handle.isAlive()) {
			throw new UncheckedIOException(new IOException(
					"Process %d could not be sent %s; it may belong to another user".formatted(pid(), signal)));
		}
		throw new ProcessLookupException("Process %d has ended already".formatted(pid()));
	}

	@Override
	public void signalGroup(Signal signal) {
		throw new UnsupportedOperationException(
				"java.lang.Process knows no process groups, so %s cannot be sent to one; use a selector loop"
					.formatted(signal));
	}

	@Override
	public boolean leadsGroup() {
		return false;
	}

	@Override
	public @Nullable ChildExit reap() {
		return this.process.isAlive() ? null : exit();
	}

	private ChildExit exit() {
		return new ChildExit(pid(), new ExitStatus.Exited(this.process.exitValue()), null);
	}

}
