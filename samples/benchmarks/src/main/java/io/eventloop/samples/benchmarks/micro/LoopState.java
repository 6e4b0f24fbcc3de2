package io.eventloop.samples.benchmarks.micro;

import io.eventloop.EventLoop;
import io.eventloop.loop.SelectorEventLoop;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A loop in the benchmark's thread, and a callback.
 */
@State(Scope.Thread)
public class LoopState {

	static final int BATCH = 1_000;

	EventLoop loop = new SelectorEventLoop();

	long calls;

	final Runnable callback = () -> this.calls++;

	/**
	 * Create the loop.
	 */
	@Setup(Level.Iteration)
	public void open() {
		this.loop.close();
		this.loop = new SelectorEventLoop();
	}

	/**
	 * Close the loop.
	 */
	@TearDown(Level.Trial)
	public void close() {
		this.loop.close();
	}

	/**
	 * Make one pass: run what is ready.
	 */
	void pass() {
		this.loop.stop();
		this.loop.runForever();
	}

}
