package io.eventloop.subprocess;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.eventloop.EventLoop;
import io.eventloop.memory.RepeatableCallback;
import io.eventloop.pipe.PipeReactor;
import org.jspecify.annotations.Nullable;

/**
 * What a loop gives to its pipe transports where the pipes are blocking streams, to which
 * it gives numbers of its own. Threads read and write them: one per output until its end,
 * and one per input while something is being written. One more waits for the child's
 * exit.
 */
final class BlockingPipeReactor implements PipeReactor {

	private static final int SCRATCH_BYTES = 256 * 1024;

	private static final long STACK_SIZE = 256 * 1024;

	private static final Duration IDLE = Duration.ofSeconds(10);

	private static final AtomicInteger THREADS = new AtomicInteger();

	private final EventLoop loop;

	private final ThreadPoolExecutor threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE.toMillis(),
			TimeUnit.MILLISECONDS, new SynchronousQueue<>(), BlockingPipeReactor::newThread);

	private final Map<Integer, BlockingPipe> pipes = new ConcurrentHashMap<>();

	private final AtomicInteger lastNumber = new AtomicInteger();

	private @Nullable ByteBuffer scratch;

	BlockingPipeReactor(EventLoop loop) {
		this.loop = loop;
	}

	/**
	 * Take a child's output. From any thread.
	 * @return its number
	 */
	int add(InputStream stream) {
		return add(new ChildOutputPump(this.loop, this.threads, stream));
	}

	/**
	 * Take a child's input. From any thread.
	 * @return its number
	 */
	int add(OutputStream stream) {
		return add(new ChildInputPump(this.loop, this.threads, stream));
	}

	private int add(BlockingPipe pipe) {
		int number = this.lastNumber.incrementAndGet();
		this.pipes.put(number, pipe);
		return number;
	}

	/**
	 * Run what blocks until a child exits.
	 */
	void execute(Runnable waiting) {
		this.threads.execute(waiting);
	}

	/**
	 * Close a pipe that no transport has taken over. From any thread.
	 */
	void discard(int number) {
		BlockingPipe pipe = this.pipes.remove(number);
		if (pipe != null) {
			pipe.close();
		}
	}

	/**
	 * The child has exited that reads a pipe. On the loop.
	 */
	void childExited(int number) {
		if (this.pipes.get(number) instanceof ChildInputPump input) {
			input.childExited();
		}
	}

	/**
	 * Let the threads end, each when its read or write has.
	 */
	void close() {
		this.threads.shutdown();
	}

	@Override
	public EventLoop loop() {
		return this.loop;
	}

	@Override
	public void claim(int fd) {
	}

	@Override
	public void release(int fd) {
		ignoreReading(fd);
		ignoreWriting(fd);
		this.pipes.remove(fd);
	}

	@Override
	public void watchReading(int fd, RepeatableCallback ready) {
		pipe(fd).watchReading(ready);
	}

	@Override
	public void ignoreReading(int fd) {
		pipe(fd).watchReading(null);
	}

	@Override
	public void watchWriting(int fd, RepeatableCallback ready) {
		pipe(fd).watchWriting(ready);
	}

	@Override
	public void ignoreWriting(int fd) {
		pipe(fd).watchWriting(null);
	}

	@Override
	public ByteBuffer scratch() {
		if (this.scratch == null) {
			this.scratch = ByteBuffer.allocate(SCRATCH_BYTES);
		}
		return this.scratch.clear();
	}

	@Override
	public boolean enlarge(int fd, int size) {
		return false;
	}

	@Override
	public int read(int fd, ByteBuffer buffer) throws IOException {
		return pipe(fd).read(buffer);
	}

	@Override
	public int write(int fd, ByteBuffer buffer) throws IOException {
		return pipe(fd).write(buffer);
	}

	@Override
	public Runnable closer(int fd) {
		return pipe(fd)::close;
	}

	private BlockingPipe pipe(int number) {
		return Objects.requireNonNull(this.pipes.get(number), "The pipe was released");
	}

	private static Thread newThread(Runnable work) {
		Thread thread = new Thread(null, work, "eventloop-pipe-" + THREADS.incrementAndGet(), STACK_SIZE, false);
		thread.setDaemon(true);
		return thread;
	}

}
