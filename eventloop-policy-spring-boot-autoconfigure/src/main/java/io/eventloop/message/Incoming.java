package io.eventloop.message;

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

	private final IncomingListener listener;

	private final StreamIntake intake;

	private final @Nullable Deliveries deliveries;

	private volatile boolean paused;

	private volatile boolean stopped;

	/**
	 * Whether a batch is being delivered on the loop, or the next one was scheduled.
	 */
	private boolean delivering;

	private boolean quiet;

	private @Nullable FrameException malformed;

	/**
	 * Whether all was delivered that can be, which the listener was told.
	 */
	private boolean allDelivered;

	Incoming(EventLoop loop, StreamReader output, MessageChannelBuilder settings, Consumer<? super byte[]> consumer,
			IncomingListener listener) {
		this.loop = loop;
		this.frames = settings.framing().reader(settings.maxMessage());
		this.consumer = consumer;
		this.listener = listener;
		Executor executor = settings.executor();
		this.deliveries = (executor != null)
				? new Deliveries(loop, executor, this::consume, this::isPaused, listener, this::advance) : null;
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
		if (this.deliveries != null) {
			this.deliveries.resume();
		}
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
		boolean wasQuiet = this.quiet && wantsMore() && isIdle();
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
		return this.stopped || (this.malformed == null && !this.paused && hasRoom());
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
		if (this.malformed != null || wantsMore()) {
			deliver();
			this.intake.read();
		}
	}

	private boolean hasRoom() {
		return (this.deliveries != null) ? this.deliveries.hasRoom() : !this.delivering;
	}

	private boolean isIdle() {
		return (this.deliveries != null) ? this.deliveries.isIdle() : !this.delivering;
	}

	/**
	 * Deliver messages until one is incomplete, or the consumer wants no more.
	 */
	private void deliver() {
		if (this.malformed == null) {
			try {
				if (this.deliveries != null) {
					deliverTo(this.deliveries);
				}
				else {
					deliverHere();
				}
			}
			catch (FrameException ex) {
				this.malformed = ex;
				this.delivering = false;
			}
		}
		tellOfEnd();
	}

	private void tellOfEnd() {
		boolean last = this.malformed != null || (this.intake.isEnded() && wantsMore());
		if (last && !this.allDelivered && isIdle()) {
			this.allDelivered = true;
			if (this.malformed != null) {
				this.listener.malformed(this.malformed);
			}
			else {
				this.listener.ended();
			}
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

	private void deliverTo(Deliveries target) throws FrameException {
		while (target.hasRoom()) {
			byte[] message = next();
			if (message == null) {
				return;
			}
			target.add(message);
		}
	}

	private byte @Nullable [] next() throws FrameException {
		return (this.paused || this.stopped) ? null : this.frames.next();
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
