package io.eventloop.client.test;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import io.eventloop.loop.SelectorEventLoop;
import io.eventloop.selector.DescriptorSelector;

/**
 * A loop that a test drives by hand, in its own thread, and whose time stands still
 * unless the test moves it: a timer of an hour costs nothing, and no test waits for luck.
 * <pre>{@code
 * SteppedEventLoop loop = new SteppedEventLoop();
 * loop.callLater(Duration.ofHours(1), task);
 * loop.advance(Duration.ofHours(1));
 * }</pre> What is to run in the {@linkplain #runInExecutor executor} runs in the loop's
 * thread. Belongs to the test's thread, but for what every loop allows others.
 *
 * @since 0.1.0
 */
public final class SteppedEventLoop extends SelectorEventLoop {

	private final VirtualTime virtual;

	/**
	 * Create a loop that watches no descriptors.
	 */
	public SteppedEventLoop() {
		this(new VirtualTime(null));
	}

	/**
	 * Create a loop that polls for real events in each pass, too.
	 * @param descriptors what it polls; closed with the loop
	 */
	public SteppedEventLoop(DescriptorSelector descriptors) {
		this(new VirtualTime(descriptors));
	}

	private SteppedEventLoop(VirtualTime virtual) {
		super(virtual, virtual);
		this.virtual = virtual;
		virtual.whenIdle(this::stop, () -> {
		});
		setDefaultExecutor(new CallerExecutor());
	}

	/**
	 * Poll for events, and run what is ready at this time, but not what that makes ready.
	 */
	public void pass() {
		stop();
		runForever();
	}

	/**
	 * Make passes. A closed loop makes none.
	 * @param times how many
	 */
	public void pass(int times) {
		for (int i = 0; i < times && !isClosed(); i++) {
			pass();
		}
	}

	/**
	 * Run what is ready at this time, until nothing is.
	 */
	public void settle() {
		advance(Duration.ZERO);
	}

	/**
	 * Move the time. Each timer that becomes due meanwhile runs at its own time, with all
	 * that it makes ready.
	 * @param time by how much
	 * @throws IllegalArgumentException if it is negative
	 */
	public void advance(Duration time) {
		this.virtual.setUnlimited(false);
		this.virtual.allow(time);
		runForever();
	}

	/**
	 * Move the time as far as it takes to complete a future.
	 * @param future the future
	 * @param <T> the result's type
	 * @return the result, as {@link java.util.concurrent.CompletableFuture#join()}
	 * @throws IllegalStateException if nothing is left that could complete it: no
	 * callback, and no timer
	 */
	public <T> T await(CompletionStage<T> future) {
		this.virtual.setUnlimited(true);
		try {
			return runUntilComplete(future);
		}
		catch (IllegalStateException ex) {
			if (future.toCompletableFuture().isDone()) {
				throw ex;
			}
			throw new IllegalStateException(
					"Nothing is left on %s that could complete the future: no callback is ready, and no timer is set. Complete it first, or schedule what does"
						.formatted(this),
					ex);
		}
		finally {
			this.virtual.setUnlimited(false);
		}
	}

}
