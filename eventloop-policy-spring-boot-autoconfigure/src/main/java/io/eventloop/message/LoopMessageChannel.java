package io.eventloop.message;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.StreamReader;
import io.eventloop.Subprocess;
import io.eventloop.Teardown;
import io.eventloop.TimerHandle;
import io.eventloop.pipe.LoopCalls;
import org.jspecify.annotations.Nullable;

/**
 * A channel, on the loop of its child. <pre>
 * open ──exit──▶ exited ──both outputs read, or quiet──────▶ ended
 *   │──a pipe is lost──▶ ──patience without an exit──────────▲
 *   '──close, no message, consumer failed, loop closed───────'
 * </pre> What belongs to the loop's thread is also touched by the thread that closes the
 * loop, which does not run any more.
 */
final class LoopMessageChannel implements MessageChannel, IncomingListener {

	/**
	 * How long other processes that hold the pipes of a child that has exited may write
	 * nothing before nothing more is expected of them.
	 */
	private static final Duration QUIET = Duration.ofMillis(100);

	/**
	 * How long a child that has closed a pipe may take to exit, so that the reason is its
	 * exit.
	 */
	private static final Duration EXIT_PATIENCE = Duration.ofMillis(500);

	private final EventLoop loop;

	private final Subprocess child;

	private final MessageChannelBuilder settings;

	private final SendQueue sends;

	private final Incoming incoming;

	private final ErrorTail errors;

	private final ChannelEnd end;

	private final AtomicBoolean ending = new AtomicBoolean();

	private final LoopFuture<MessageChannelException> ended;

	private @Nullable LoopFuture<Teardown.Outcome> teardown;

	private @Nullable Integer exitCode;

	private @Nullable TimerHandle quietTimer;

	private boolean waitsForExit;

	private LoopMessageChannel(EventLoop loop, MessageChannelBuilder settings, Consumer<? super byte[]> consumer) {
		this.loop = loop;
		this.child = settings.child();
		this.settings = settings;
		this.ended = new LoopFuture<>(loop);
		this.errors = new ErrorTail(this::advance);
		this.end = new ChannelEnd(this.child, this.errors);
		this.sends = new SendQueue(loop, this.child.requireStdin(), settings.maxWaiting(), this::inputBroken);
		this.incoming = new Incoming(loop, this.child.requireStdout(), settings, consumer, this);
	}

	static LoopMessageChannel open(MessageChannelBuilder settings, Consumer<? super byte[]> consumer) {
		LoopFuture<Integer> exit = settings.child().onExit();
		LoopMessageChannel channel = new LoopMessageChannel(exit.loop(), settings, consumer);
		channel.onLoop(() -> channel.begin(exit));
		return channel;
	}

	private void begin(LoopFuture<Integer> exit) {
		StreamReader stderr = this.settings.readsErrors() ? this.child.stderr() : null;
		if (stderr != null) {
			new StreamIntake(stderr, this.errors).read();
		}
		else {
			this.errors.end();
		}
		this.incoming.begin();
		exit.whenComplete((code, failure) -> exited(code));
	}

	@Override
	public LoopFuture<Void> send(byte[] message) {
		if (message.length > this.settings.maxMessage()) {
			throw new IllegalArgumentException("A message of %d bytes is larger than the limit of %d; raise maxMessage"
				.formatted(message.length, this.settings.maxMessage()));
		}
		return this.sends.send(this.settings.framing().frame(message));
	}

	@Override
	public void pause() {
		this.incoming.pause();
	}

	@Override
	public void resume() {
		onLoop(() -> {
			this.incoming.resume();
			expectQuiet();
		});
	}

	@Override
	public LoopFuture<MessageChannelException> onEnd() {
		return copyOf(this.ended);
	}

	@Override
	public LoopFuture<Teardown.Outcome> close() {
		onLoop(() -> {
			this.sends.write();
			end(this.end.closed());
		});
		return copyOf(tearDown());
	}

	private static <T> LoopFuture<T> copyOf(LoopFuture<T> future) {
		LoopFuture<T> copy = new LoopFuture<>(future.loop());
		future.whenComplete((result, failure) -> {
			if (failure != null) {
				copy.completeExceptionally(failure);
			}
			else {
				copy.complete(result);
			}
		});
		return copy;
	}

	private synchronized LoopFuture<Teardown.Outcome> tearDown() {
		if (this.teardown == null) {
			this.teardown = this.child.end(this.settings.teardown());
		}
		return this.teardown;
	}

	/**
	 * Run it on the loop, or end here what is left if the loop is closed.
	 */
	private void onLoop(Runnable call) {
		try {
			LoopCalls.run(this.loop, call::run);
		}
		catch (IllegalStateException ex) {
			end(this.end.loopClosed());
		}
	}

	private void exited(@Nullable Integer code) {
		if (code == null || this.loop.isClosed()) {
			end(this.end.loopClosed());
			return;
		}
		this.exitCode = code;
		advance();
		expectQuiet();
	}

	/**
	 * End if the child has exited, and all that it has written was read.
	 */
	private void advance() {
		if (this.exitCode != null && this.errors.isEnded() && this.incoming.isDone()) {
			end(this.end.exited(this.exitCode, this.incoming.pending()));
		}
	}

	/**
	 * Expect no more of pipes that nothing comes from, though other processes hold them.
	 */
	private void expectQuiet() {
		if (this.quietTimer != null) {
			this.quietTimer.cancel();
		}
		Integer code = this.exitCode;
		if (code != null && !this.ended.isDone()) {
			this.incoming.isQuiet();
			this.quietTimer = this.loop.callLater(QUIET, () -> endIfQuiet(code));
		}
	}

	private void endIfQuiet(int code) {
		if (!this.errors.isEnded()) {
			this.errors.end();
		}
		if (this.ended.isDone()) {
			return;
		}
		if (this.incoming.isQuiet()) {
			end(this.end.exited(code, this.incoming.pending()));
			return;
		}
		this.sends.end(this.end.exited(code, 0));
		if (!this.incoming.isPaused()) {
			this.quietTimer = this.loop.callLater(QUIET, () -> endIfQuiet(code));
		}
	}

	@Override
	public void malformed(FrameException problem) {
		end(this.end.malformed(problem));
	}

	@Override
	public void failed(Throwable problem) {
		onLoop(() -> end(this.end.consumerFailed(problem)));
	}

	@Override
	public void broken(Throwable problem) {
		awaitExit(() -> end(this.end.outputEnded(EXIT_PATIENCE, problem)));
	}

	@Override
	public void ended() {
		if (this.exitCode != null) {
			advance();
		}
		else {
			awaitExit(() -> end(this.end.outputEnded(EXIT_PATIENCE, null)));
		}
	}

	private void inputBroken(Throwable problem) {
		awaitExit(() -> end(this.end.inputEnded(EXIT_PATIENCE, problem)));
	}

	/**
	 * Give the child time to exit before the loss of a pipe counts.
	 */
	private void awaitExit(Runnable otherwise) {
		if (this.loop.isClosed()) {
			end(this.end.loopClosed());
		}
		else if (this.exitCode == null && !this.waitsForExit && !this.ended.isDone()) {
			this.waitsForExit = true;
			this.loop.callLater(EXIT_PATIENCE, () -> {
				if (this.exitCode == null) {
					otherwise.run();
				}
			});
		}
	}

	/**
	 * End the channel, unless it has ended, and the child with it. The first thread that
	 * comes does all of it, in this order: who is told of the end finds that the sends
	 * have failed.
	 */
	private void end(MessageChannelException why) {
		if (!this.ending.compareAndSet(false, true)) {
			return;
		}
		this.incoming.stop();
		this.sends.end(why);
		this.ended.complete(why);
		tearDown();
		if (LoopCalls.isOn(this.loop)) {
			this.incoming.begin();
		}
	}

	@Override
	public String toString() {
		return "MessageChannel[%s, %s%s]".formatted(this.settings.framing(), this.child,
				this.ended.isDone() ? ", ended" : "");
	}

}
