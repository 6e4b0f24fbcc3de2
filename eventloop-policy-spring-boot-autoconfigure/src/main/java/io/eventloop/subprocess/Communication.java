package io.eventloop.subprocess;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.eventloop.BrokenPipeException;
import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.Output;
import io.eventloop.StreamReader;
import io.eventloop.StreamWriter;
import io.eventloop.Subprocess;
import org.jspecify.annotations.Nullable;

/**
 * One {@link Subprocess#communicate(byte[])}: feeds and reads all at once, for whichever
 * came second could wait for the other's full pipe for ever.
 */
final class Communication {

	private final EventLoop loop;

	private final Subprocess subprocess;

	Communication(EventLoop loop, Subprocess subprocess) {
		this.loop = loop;
		this.subprocess = subprocess;
	}

	LoopFuture<Output> begin(byte @Nullable [] input) {
		CompletableFuture<Void> fed = feed(input);
		CompletableFuture<byte[]> stdout = collect(this.subprocess.stdout());
		CompletableFuture<byte[]> stderr = collect(this.subprocess.stderr());
		CompletableFuture<Integer> exit = this.subprocess.onExit();
		LoopFuture<Output> result = new LoopFuture<>(this.loop);
		CompletableFuture.allOf(fed, stdout, stderr, exit).whenComplete((none, failure) -> {
			if (failure != null) {
				result.completeExceptionally(unwrapped(failure));
			}
			else {
				result.complete(new Output(exit.join(), stdout.join(), stderr.join()));
			}
		});
		result.whenComplete((output, failure) -> {
			if (failure != null) {
				// Given up: let others read what is left
				stdout.cancel(false);
				stderr.cancel(false);
				exit.cancel(false);
			}
		});
		return result;
	}

	private CompletableFuture<Void> feed(byte @Nullable [] input) {
		StreamWriter stdin = this.subprocess.stdin();
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

	private static CompletableFuture<byte[]> collect(@Nullable StreamReader stream) {
		return (stream != null) ? stream.read() : CompletableFuture.completedFuture(null);
	}

	private static Throwable unwrapped(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

}
