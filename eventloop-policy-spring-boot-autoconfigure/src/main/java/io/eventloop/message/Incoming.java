package io.eventloop.message;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.StreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Finds messages in a child's output and delivers them, one at a time. Reads only while
 * messages are wanted, so that the pipe fills up otherwise; once stopped, it reads and
 * drops, so that the child is not kept from ending. Belongs to the loop's thread, where
 * nothing else is said.
 */
final class Incoming implements StreamIntake.Target {

	/**
	 * How many messages are delivered before other callbacks of the loop have their turn.
	 */
	private static final int BATCH = 256;

	private final EventLoop loop;

	private final FrameReader frames;

	private final Consumer<? super byte[]> consumer;

	private final @Nullable Executor executor;

	private final IncomingListener listener;

	private final StreamIntake intake;

	/**
	 * What was taken for the executor, which has it while it delivers.
	 */
	private final Deque<byte[]> batch = new ArrayDeque<>();

	private volatile boolean paused;

	private volatile boolean stopped;

	/**
	 * Whether a batch is being delivered, or the next one was scheduled.
	 */
	private boolean delivering;

	private boolean quiet;

	private boolean allDelivered;

	Incoming(EventLoop loop, StreamReader output, MessageChannelBuilder settings, Consumer<? super byte[]> consumer,
			IncomingListener listener) {
		this.loop = loop;
		this.frames = settings.framing().reader(settings.maxMessage());
		this.consumer = consumer;
		this.executor = settings.executor();
		this.listener = listener;
		this.intake = new StreamIntake(output, this);
	}

	void begin() {
		this.intake.read();
	}

	/**
	 * Deliver nothing more until {@link #resume()}. In any thread.
	 */
	void pause() {
		this.paused = true;
	}

	boolean isPaused() {
		return this.paused;
	}

	void resume() {
		this.paused = false;
		advance();
	}

	/**
	 * Deliver nothing more. In any thread; {@link #begin()} then reads on.
	 */
	void stop() {
		this.stopped = true;
	}

	/**
	 * Return whether all messages of an output that has ended were delivered.
	 */
	boolean isDone() {
		return this.allDelivered;
	}

	/**
	 * Return whether nothing was read since the last call, though it was wanted.
	 */
	boolean isQuiet() {
		boolean wasQuiet = this.quiet && wantsMore();
		this.quiet = true;
		return wasQuiet;
	}

	/**
	 * Return how many bytes of an incomplete message there are.
	 */
	int pending() {
		return this.frames.pending();
	}

	@Override
	public boolean wantsMore() {
		return this.stopped || !(this.paused || this.delivering);
	}

	@Override
	public void receive(byte[] data) {
		this.quiet = false;
		if (!this.stopped) {
			this.frames.add(data);
			deliver();
		}
	}

	@Override
	public void ended(@Nullable Throwable failure) {
		if (failure != null) {
			this.listener.broken(failure);
		}
		else if (wantsMore()) {
			deliver();
		}
	}

	private void advance() {
		if (wantsMore()) {
			deliver();
			this.intake.read();
		}
	}

	/**
	 * Deliver messages until one is incomplete, or the consumer wants no more.
	 */
	private void deliver() {
		try {
			if (this.executor != null) {
				deliverIn(this.executor);
			}
			else {
				deliverHere();
			}
		}
		catch (FrameException ex) {
			this.listener.malformed(ex);
		}
		if (this.intake.isEnded() && wantsMore() && !this.allDelivered) {
			this.allDelivered = true;
			this.listener.ended();
		}
	}

	private void deliverHere() throws FrameException {
		this.delivering = true;
		int delivered = 0;
		byte[] message = next();
		while (message != null) {
			consume(message);
			delivered++;
			if (delivered == BATCH) {
				this.loop.callSoon(this::delivered);
				return;
			}
			message = next();
		}
		this.delivering = false;
	}

	private void deliverIn(Executor target) throws FrameException {
		byte[] message = next();
		while (message != null) {
			this.batch.add(message);
			message = next();
		}
		if (!this.batch.isEmpty() && !this.paused && !this.stopped) {
			this.delivering = true;
			this.loop.runInExecutor(target, this::consumeBatch).whenComplete((none, failure) -> {
				if (failure != null) {
					this.listener.failed(failure);
				}
				delivered();
			});
		}
	}

	private @Nullable Void consumeBatch() {
		while (!this.batch.isEmpty() && !this.paused) {
			consume(this.batch.remove());
		}
		return null;
	}

	private byte @Nullable [] next() throws FrameException {
		return (this.paused || this.stopped || this.batch.size() >= BATCH) ? null : this.frames.next();
	}

	private void delivered() {
		this.delivering = false;
		advance();
	}

	private void consume(byte[] message) {
		if (this.stopped) {
			return;
		}
		try {
			this.consumer.accept(message);
		}
		catch (Throwable ex) {
			stop();
			this.listener.failed(ex);
		}
	}

}
