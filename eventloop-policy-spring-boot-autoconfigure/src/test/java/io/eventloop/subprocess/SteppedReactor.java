package io.eventloop.subprocess;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;
import io.eventloop.loop.SelectorEventLoop;
import io.eventloop.selector.DescriptorSelectorKind;

/**
 * A loop for pipe transports that makes one pass whenever the test says so, in the test's
 * own thread. Errors that reach its exception handler are kept.
 */
final class SteppedReactor implements PipeReactor, AutoCloseable {

	final List<ExceptionContext> errors = new ArrayList<>();

	final Set<Integer> claimed = new TreeSet<>();

	/**
	 * Whether it has nothing else to do.
	 */
	boolean free = true;

	private final EventLoop loop;

	private final Map<Integer, Runnable> readers = new HashMap<>();

	private final Map<Integer, Runnable> writers = new HashMap<>();

	private final ByteBuffer scratch = ByteBuffer.allocateDirect(256 * 1024);

	SteppedReactor() {
		this(DescriptorSelectorKind.EPOLL);
	}

	SteppedReactor(DescriptorSelectorKind kind) {
		this.loop = new SelectorEventLoop(kind.open());
		this.loop.setExceptionHandler((failed, context) -> this.errors.add(context));
	}

	/**
	 * Poll for events, and run what is ready, that many times. A closed loop does
	 * nothing.
	 */
	void pass(int times) {
		for (int i = 0; i < times && !this.loop.isClosed(); i++) {
			this.loop.stop();
			this.loop.runForever();
		}
	}

	void pass() {
		pass(1);
	}

	/**
	 * Run the callback of a descriptor although nothing has happened on it.
	 */
	void readyToRead(int fd) {
		this.readers.get(fd).run();
	}

	void readyToWrite(int fd) {
		this.writers.get(fd).run();
	}

	boolean watchesReading(int fd) {
		return this.readers.containsKey(fd);
	}

	boolean watchesWriting(int fd) {
		return this.writers.containsKey(fd);
	}

	@Override
	public EventLoop loop() {
		return this.loop;
	}

	@Override
	public boolean isFreeFor(long nanos) {
		return this.free;
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
	public void watchReading(int fd, Runnable ready) {
		this.readers.put(fd, ready);
		this.loop.addReader(fd, ready);
	}

	@Override
	public void ignoreReading(int fd) {
		this.readers.remove(fd);
		this.loop.removeReader(fd);
	}

	@Override
	public void watchWriting(int fd, Runnable ready) {
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
