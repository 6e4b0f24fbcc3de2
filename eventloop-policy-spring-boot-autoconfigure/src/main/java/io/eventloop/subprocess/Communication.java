package io.eventloop.subprocess;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.eventloop.BrokenPipeException;
import io.eventloop.EventLoop;
import io.eventloop.Output;
import io.eventloop.Subprocess;
import io.eventloop.pipe.LoopCalls;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One {@link Subprocess#communicate(byte[], long)}: feeds and reads all at once, for
 * whichever came second could wait for the other's full pipe for ever.
 * <p>
 * What the child writes stays in its streams until everything is there and the caller is
 * given it. A communication that is given up before, in whatever way, leaves it to the
 * next reader. A child that writes more than the limit is killed, and its streams fail:
 * no part of an output may be taken for all of it.
 */
final class Communication extends OwnedFuture<Output> {

	private static final Logger logger = LoggerFactory.getLogger(Communication.class);

	private final AtomicBoolean decided = new AtomicBoolean();

	private final EventLoop loop;

	private final StreamSubprocess subprocess;

	private final long maxOutput;

	private final CompletableFuture<Void> fed;

	private final CompletableFuture<byte[]> stdoutEnd;

	private final CompletableFuture<byte[]> stderrEnd;

	private final CompletableFuture<Integer> exit;

	Communication(EventLoop loop, StreamSubprocess subprocess, byte @Nullable [] input, long maxOutput) {
		super(loop);
		this.loop = loop;
		this.subprocess = subprocess;
		this.maxOutput = maxOutput;
		this.fed = feed(subprocess.stdin(), input);
		this.stdoutEnd = end(subprocess.stdout());
		this.stderrEnd = end(subprocess.stderr());
		this.exit = subprocess.onExit();
	}

	private static CompletableFuture<Void> feed(@Nullable PipeStreamWriter stdin, byte @Nullable [] input) {
		if (stdin == null) {
			return CompletableFuture.completedFuture(null);
		}
		if (input != null) {
			stdin.write(input);
		}
		return stdin.drain().handle((none, failure) -> {
			stdin.close();
			if (failure != null && !(failure instanceof BrokenPipeException)) {
				throw new CompletionException(failure);
			}
			return null;
		});
	}

	private CompletableFuture<byte[]> end(@Nullable PipeStreamReader stream) {
		return (stream != null) ? stream.awaitEndOrMoreThan(this.maxOutput) : CompletableFuture.completedFuture(null);
	}

	/**
	 * Be done when everything is.
	 */
	Communication begin() {
		CompletableFuture.allOf(this.fed, this.stdoutEnd, this.stderrEnd, this.exit)
			.whenComplete((none, failure) -> conclude(failure));
		this.stdoutEnd.thenRun(this::isWithinLimit);
		this.stderrEnd.thenRun(this::isWithinLimit);
		return this;
	}

	/**
	 * Return whether no more is there than is to be collected; else fail, and end the
	 * child.
	 */
	private boolean isWithinLimit() {
		return isDone() || (isWithinLimit("standard output", this.subprocess.stdout())
				&& isWithinLimit("standard error", this.subprocess.stderr()));
	}

	private boolean isWithinLimit(String name, @Nullable PipeStreamReader stream) {
		if (stream == null || stream.buffered() <= this.maxOutput) {
			return true;
		}
		overrun(new IOException("Process %d (%s) has written more than %d bytes to its %s%s; read the stream, "
			.formatted(this.subprocess.pid(), this.subprocess.transport().program(), this.maxOutput, name,
					this.exit.isDone() ? "" : ", and was killed")
				+ "redirect it to a file, or give communicate a higher limit"));
		return false;
	}

	private void overrun(IOException reason) {
		try {
			LoopCalls.run(this.loop, () -> endChild(reason));
		}
		catch (IllegalStateException ex) {
			logger.trace("The loop is closed, and the child with it", ex);
		}
		completeExceptionally(reason);
	}

	private void endChild(IOException reason) {
		fail(this.subprocess.stdout(), reason);
		fail(this.subprocess.stderr(), reason);
		this.subprocess.transport().close();
	}

	private static void fail(@Nullable PipeStreamReader stream, IOException reason) {
		if (stream != null) {
			stream.fail(reason);
		}
	}

	private void conclude(@Nullable Throwable failure) {
		if (failure != null) {
			completeExceptionally(unwrapped(failure));
		}
		else if (isWithinLimit() && this.decided.compareAndSet(false, true)) {
			try {
				deliver(new Output(this.exit.join(), everything(this.subprocess.stdout()),
						everything(this.subprocess.stderr())));
			}
			catch (Throwable ex) {
				refuse(ex);
			}
		}
	}

	private static byte @Nullable [] everything(@Nullable PipeStreamReader stream) throws IOException {
		return (stream != null) ? stream.takeEverything() : null;
	}

	/**
	 * Let others read what is left. The input goes on: the child is not to miss its end.
	 */
	@Override
	boolean giveUp() {
		boolean open = this.decided.compareAndSet(false, true);
		if (open) {
			this.stdoutEnd.cancel(false);
			this.stderrEnd.cancel(false);
			this.exit.cancel(false);
		}
		return open;
	}

	private static Throwable unwrapped(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

}
