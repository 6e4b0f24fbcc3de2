package io.eventloop.subprocess;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.eventloop.BrokenPipeException;
import io.eventloop.EventLoop;
import io.eventloop.Output;
import io.eventloop.Subprocess;
import org.jspecify.annotations.Nullable;

/**
 * One {@link Subprocess#communicate(byte[])}: feeds and reads all at once, for whichever
 * came second could wait for the other's full pipe for ever.
 * <p>
 * What the child writes stays in its streams until everything is there and the caller is
 * given it. A communication that is given up before, in whatever way, leaves it to the
 * next reader.
 */
final class Communication extends OwnedFuture<Output> {

	private final AtomicBoolean decided = new AtomicBoolean();

	private final @Nullable PipeStreamReader stdout;

	private final @Nullable PipeStreamReader stderr;

	private final CompletableFuture<Void> fed;

	private final CompletableFuture<byte[]> stdoutEnd;

	private final CompletableFuture<byte[]> stderrEnd;

	private final CompletableFuture<Integer> exit;

	Communication(EventLoop loop, StreamSubprocess subprocess, byte @Nullable [] input) {
		super(loop);
		this.stdout = subprocess.stdout();
		this.stderr = subprocess.stderr();
		this.fed = feed(subprocess.stdin(), input);
		this.stdoutEnd = end(this.stdout);
		this.stderrEnd = end(this.stderr);
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

	private static CompletableFuture<byte[]> end(@Nullable PipeStreamReader stream) {
		return (stream != null) ? stream.awaitEnd() : CompletableFuture.completedFuture(null);
	}

	/**
	 * Be done when everything is.
	 */
	Communication begin() {
		CompletableFuture.allOf(this.fed, this.stdoutEnd, this.stderrEnd, this.exit)
			.whenComplete((none, failure) -> conclude(failure));
		return this;
	}

	private void conclude(@Nullable Throwable failure) {
		if (failure != null) {
			completeExceptionally(unwrapped(failure));
		}
		else if (this.decided.compareAndSet(false, true)) {
			try {
				deliver(new Output(this.exit.join(), everything(this.stdout), everything(this.stderr)));
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
