package io.eventloop.client.test;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalInt;

import io.eventloop.ChildExit;
import io.eventloop.ChildTree;
import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import io.eventloop.ExitStatus;
import io.eventloop.LoopFuture;
import io.eventloop.ProcessLookupException;
import io.eventloop.Signal;
import io.eventloop.SubprocessProtocol;
import io.eventloop.SubprocessTransport;
import io.eventloop.Teardown;
import io.eventloop.Transport;
import io.eventloop.client.test.ScriptedAnswer.End;
import io.eventloop.client.test.ScriptedAnswer.Hang;
import io.eventloop.client.test.ScriptedAnswer.Pause;
import io.eventloop.client.test.ScriptedAnswer.Reply;
import io.eventloop.client.test.ScriptedAnswer.Step;
import io.eventloop.client.test.ScriptedAnswer.Write;
import io.eventloop.subprocess.TreeTeardown;
import org.jspecify.annotations.Nullable;

/**
 * A child that does what its answer says, and of which the system knows nothing. Tells
 * its protocol what a real one's transport would, in the same order.
 */
final class ScriptedChild implements SubprocessTransport {

	private static final int STDIN = 0;

	private static final int STDOUT = 1;

	private static final int STDERR = 2;

	private final EventLoop loop;

	private final AskedCommand asked;

	private final ScriptedAnswer answer;

	private final SubprocessProtocol protocol;

	private final long pid;

	private final long begun;

	private final Iterator<Step> steps;

	private final @Nullable ScriptedInput input;

	private final @Nullable ScriptedOutput output;

	private final @Nullable ScriptedOutput errors;

	private final LoopFuture<Integer> onExit;

	private final LoopFuture<Integer> onDrained;

	private final ScriptedTree tree;

	private int openOutputs;

	private @Nullable Reply pendingReply;

	private volatile @Nullable ChildExit exit;

	private volatile boolean closed;

	private volatile boolean ending;

	ScriptedChild(EventLoop loop, AskedCommand asked, ScriptedAnswer answer, SubprocessProtocol protocol, long pid) {
		this.loop = loop;
		this.asked = asked;
		this.answer = answer;
		this.protocol = protocol;
		this.pid = pid;
		this.begun = loop.time();
		this.steps = answer.steps().iterator();
		this.onExit = new LoopFuture<>(loop);
		this.onDrained = new LoopFuture<>(loop);
		this.tree = new ScriptedTree(this, asked.spec());
		this.input = (asked.spec().stdin().type() == Redirect.Type.PIPE)
				? new ScriptedInput(asked::read, this::inputEnded) : null;
		this.output = output(STDOUT, asked.spec().stdout());
		this.errors = asked.spec().redirectErrorStream() ? null : output(STDERR, asked.spec().stderr());
	}

	private @Nullable ScriptedOutput output(int fd, Redirect target) {
		if (target.type() != Redirect.Type.PIPE) {
			return null;
		}
		this.openOutputs++;
		return new ScriptedOutput((data) -> tell(() -> this.protocol.pipeDataReceived(fd, data)), () -> {
			this.openOutputs--;
			tell(() -> this.protocol.pipeConnectionLost(fd, null));
			finishIfOver();
		});
	}

	void connect() {
		tell(() -> this.protocol.connectionMade(this));
	}

	/**
	 * Do what is next, up to the next wait.
	 */
	void play() {
		while (this.exit == null && this.pendingReply == null) {
			Step step = this.steps.hasNext() ? this.steps.next() : new End(new ExitStatus.Exited(0));
			if (step instanceof Pause pause) {
				this.loop.callLater(pause.time(), this::play);
				return;
			}
			if (step instanceof Hang) {
				return;
			}
			take(step);
		}
	}

	private void take(Step step) {
		if (step instanceof Write write) {
			write(write.fd(), write.data());
		}
		else if (step instanceof End end) {
			end(end.status());
		}
		else if (step instanceof Reply reply) {
			if (this.input != null && !this.input.isClosing()) {
				this.pendingReply = reply;
			}
			else {
				reply(reply);
			}
		}
	}

	private void inputEnded() {
		tell(() -> this.protocol.pipeConnectionLost(STDIN, null));
		Reply waiting = this.pendingReply;
		if (waiting != null) {
			this.loop.callSoon(() -> {
				this.pendingReply = null;
				if (this.exit == null) {
					reply(waiting);
					play();
				}
			});
		}
	}

	private void reply(Reply reply) {
		String text = reply.reply().apply(this.asked.inputText());
		write(STDOUT, text.getBytes(StandardCharsets.UTF_8));
	}

	private void write(int fd, byte[] data) {
		boolean toOutput = fd == STDOUT || this.asked.spec().redirectErrorStream();
		ScriptedOutput pipe = toOutput ? this.output : this.errors;
		Redirect target = toOutput ? this.asked.spec().stdout() : this.asked.spec().stderr();
		if (pipe != null) {
			pipe.write(data);
		}
		else if (target.file() != null) {
			try (OutputStream file = new FileOutputStream(target.file(), true)) {
				file.write(data);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	/**
	 * End the child. On the loop.
	 */
	void end(ExitStatus status) {
		if (this.exit != null) {
			return;
		}
		ChildExit ended = new ChildExit(this.pid, status, null);
		this.exit = ended;
		tell(this.protocol::processExited);
		this.onExit.complete(ended.returnCode());
		if (this.input != null) {
			this.input.close();
		}
		if (this.output != null) {
			this.output.complete();
		}
		if (this.errors != null) {
			this.errors.complete();
		}
		finishIfOver();
	}

	private void finishIfOver() {
		ChildExit ended = this.exit;
		if (ended != null && this.openOutputs == 0 && !this.onDrained.isDone()) {
			this.onDrained.complete(ended.returnCode());
			tell(() -> this.protocol.connectionLost(null));
		}
	}

	/**
	 * End with the loop, which is closed.
	 */
	void lose(IllegalStateException reason) {
		if (this.exit == null) {
			this.exit = new ChildExit(this.pid, new ExitStatus.Signaled(Signal.SIGKILL.number(), false), null);
			tell(() -> this.protocol.connectionLost(reason));
			this.onExit.completeExceptionally(reason);
			this.onDrained.completeExceptionally(reason);
		}
	}

	private void tell(Runnable call) {
		try {
			call.run();
		}
		catch (RuntimeException ex) {
			this.loop.callExceptionHandler(
					ExceptionContext.of("Error in the protocol of a scripted child", ex, "child", this));
		}
	}

	@Override
	public long pid() {
		return this.pid;
	}

	@Override
	public String program() {
		return this.asked.program();
	}

	@Override
	public Duration age() {
		return Duration.ofNanos(this.loop.time() - this.begun);
	}

	@Override
	public OptionalInt returnCode() {
		return exit().map(ChildExit::returnCode).map(OptionalInt::of).orElseGet(OptionalInt::empty);
	}

	@Override
	public Optional<ChildExit> exit() {
		return Optional.ofNullable(this.exit);
	}

	@Override
	public @Nullable Transport pipeTransport(int fd) {
		return switch (fd) {
			case STDIN -> this.input;
			case STDOUT -> this.output;
			case STDERR -> this.errors;
			default -> throw new IllegalArgumentException(
					"A child has the standard descriptors 0, 1 and 2, and no %d".formatted(fd));
		};
	}

	@Override
	public LoopFuture<Integer> onExit() {
		return this.onExit;
	}

	@Override
	public LoopFuture<Integer> onDrained() {
		return this.onDrained;
	}

	@Override
	public void sendSignal(Signal signal) {
		if (this.exit != null) {
			throw new ProcessLookupException("The scripted child %d has ended".formatted(this.pid));
		}
		if (!this.answer.isIgnored(signal)) {
			this.loop.callSoonThreadsafe(() -> end(new ExitStatus.Signaled(signal.number(), false)));
		}
	}

	@Override
	public void sendSignalToGroup(Signal signal) {
		throw new IllegalStateException("The scripted child %d leads no group; signal it alone".formatted(this.pid));
	}

	@Override
	public LoopFuture<Teardown.Outcome> end(Teardown ladder) {
		this.ending = true;
		return TreeTeardown.of(onExit().loop(), this, ladder);
	}

	@Override
	public boolean isEnding() {
		return this.ending || this.closed;
	}

	@Override
	public boolean leadsGroup() {
		return false;
	}

	@Override
	public ChildTree tree() {
		return this.tree;
	}

	@Override
	public boolean isClosing() {
		return this.closed;
	}

	@Override
	public void close() {
		if (!this.closed) {
			this.closed = true;
			this.loop.callSoonThreadsafe(() -> {
				if (this.output != null) {
					this.output.close();
				}
				if (this.errors != null) {
					this.errors.close();
				}
				end(new ExitStatus.Signaled(Signal.SIGKILL.number(), false));
			});
		}
	}

	@Override
	public String toString() {
		return "ScriptedChild[pid=%d, %s]".formatted(this.pid, this.asked.program());
	}

}
