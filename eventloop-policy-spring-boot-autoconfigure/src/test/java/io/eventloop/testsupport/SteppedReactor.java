package io.eventloop.testsupport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import io.eventloop.client.test.SteppedEventLoop;
import io.eventloop.memory.RepeatableCallback;
import io.eventloop.pipe.PipeReactor;
import io.eventloop.selector.DescriptorSelectorKind;

/**
 * A loop for pipe transports that makes one pass whenever the test says so, in the test's
 * own thread. Errors that reach its exception handler are kept.
 */
public final class SteppedReactor implements PipeReactor, AutoCloseable {

	public final List<ExceptionContext> errors = new ArrayList<>();

	public final Set<Integer> claimed = new TreeSet<>();

	private final SteppedEventLoop loop;

	private final Map<Integer, Runnable> readers = new HashMap<>();

	private final Map<Integer, Runnable> writers = new HashMap<>();

	private final ByteBuffer scratch = ByteBuffer.allocateDirect(256 * 1024);

	public SteppedReactor() {
		this(DescriptorSelectorKind.EPOLL);
	}

	public SteppedReactor(DescriptorSelectorKind kind) {
		this.loop = new SteppedEventLoop(kind.open());
		this.loop.setExceptionHandler((failed, context) -> this.errors.add(context));
	}

	/**
	 * Poll for events, and run what is ready, that many times. A closed loop does
	 * nothing.
	 */
	public void pass(int times) {
		this.loop.pass(times);
	}

	public void pass() {
		pass(1);
	}

	/**
	 * Run the callback of a descriptor although nothing has happened on it.
	 */
	public void readyToRead(int fd) {
		this.readers.get(fd).run();
	}

	public void readyToWrite(int fd) {
		this.writers.get(fd).run();
	}

	public boolean watchesReading(int fd) {
		return this.readers.containsKey(fd);
	}

	public boolean watchesWriting(int fd) {
		return this.writers.containsKey(fd);
	}

	@Override
	public EventLoop loop() {
		return this.loop;
	}

	@Override
	public void claim(int fd) {
		this.claimed.add(fd);
	}

	@Override
	public void release(int fd) {
		ignoreReading(fd);
		ignoreWriting(fd);
		this.claimed.remove(fd);
	}

	@Override
	public void watchReading(int fd, RepeatableCallback ready) {
		this.readers.put(fd, ready);
		this.loop.addReader(fd, ready);
	}

	@Override
	public void ignoreReading(int fd) {
		this.readers.remove(fd);
		this.loop.removeReader(fd);
	}

	@Override
	public void watchWriting(int fd, RepeatableCallback ready) {
		this.writers.put(fd, ready);
		this.loop.addWriter(fd, ready);
	}

	@Override
	public void ignoreWriting(int fd) {
		this.writers.remove(fd);
		this.loop.removeWriter(fd);
	}

	@Override
	public ByteBuffer scratch() {
		return this.scratch.clear();
	}

	@Override
	public void close() {
		this.loop.close();
	}

}
