package io.eventloop.loop;

import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.channels.AsynchronousFileChannel;
import java.util.Collection;
import java.util.function.Supplier;

import io.eventloop.LoopFuture;
import io.eventloop.Signal;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessConnection;
import io.eventloop.SubprocessProtocol;
import io.eventloop.SubprocessSpec;
import io.eventloop.SubprocessTransport;
import io.eventloop.memory.ClosingSteps;
import io.eventloop.subprocess.SubprocessLauncher;

/**
 * An event loop that is told what is complete, rather than what is ready: of NIO.2's
 * channels, and of subprocesses that {@link ProcessBuilder} starts. Works on every
 * system, without native code of this library's and without a child watcher.
 * <p>
 * <b>What it costs.</b> {@link Process} has blocking pipes only, so threads read and
 * write them: one per piped output, and one per piped input while something is written,
 * daemons named {@code eventloop-pipe-N}; the JDK adds one per child that waits for its
 * exit. Thousands of children at once are for a {@link SelectorEventLoop}. Nothing ends a
 * read that waits: where a grandchild holds a pipe that was closed here, its thread stays
 * until the grandchild writes or ends.
 * <p>
 * <b>What it cannot do</b>, and refuses with {@link UnsupportedOperationException}: wait
 * for descriptors, put a child into a session or group of its own, and send it signals
 * other than SIGTERM and SIGKILL. A child that a signal has killed has the return code
 * 128 and the signal's number, as {@link Process#exitValue()}. The JDK closes the pipes
 * of a child at its exit, so what its grandchildren write after that may be lost. Where
 * the JVM has SIGQUIT blocked in its threads, as Java 17 has unless started with
 * {@code -Xrs}, so has the child.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-eventloop.html#asyncio.ProactorEventLoop">asyncio,
 * ProactorEventLoop</a>
 * @since 0.1.0
 */
public class ProactorEventLoop extends BaseEventLoop {

	private final IoCompletions completions = new IoCompletions(this);

	private final LoopSignals signals = new LoopSignals(this);

	private final SubprocessLauncher launcher;

	private final LoopLeakDetector leakDetector;

	private final Runnable[] releasing;

	/**
	 * Create a loop.
	 */
	public ProactorEventLoop() {
		super(new LoopParker());
		this.launcher = SubprocessLauncher.overProcessBuilder(this);
		this.leakDetector = LoopLeakDetector.watch(this, () -> {
		});
		this.releasing = new Runnable[] { this.signals::close, this.launcher::close, this.completions::close,
				this.leakDetector::closed };
	}

	@Override
	final void release() {
		ClosingSteps.run(this.releasing);
	}

	/**
	 * Read from a file. Cancelling the future does not end the read, which has the buffer
	 * until it is complete.
	 * @param file the file
	 * @param target where to
	 * @param position where in the file
	 * @return how many bytes were read, -1 at the end of the file
	 * @throws IllegalStateException if the loop is closed
	 */
	public final LoopFuture<Integer> read(AsynchronousFileChannel file, ByteBuffer target, long position) {
		checkOpen();
		return this.completions.begin((handler) -> file.read(target, position, file, handler));
	}

	/**
	 * Write to a file. Cancelling the future does not end the write, which has the buffer
	 * until it is complete.
	 * @param file the file
	 * @param source what to write
	 * @param position where in the file
	 * @return how many bytes were written
	 * @throws IllegalStateException if the loop is closed
	 */
	public final LoopFuture<Integer> write(AsynchronousFileChannel file, ByteBuffer source, long position) {
		checkOpen();
		return this.completions.begin((handler) -> file.write(source, position, file, handler));
	}

	/**
	 * Read from a socket or another channel. Cancelling the future does not end the read,
	 * which has the buffer until it is complete.
	 * @param channel the channel
	 * @param target where to
	 * @return how many bytes were read, -1 at the end
	 * @throws IllegalStateException if the loop is closed
	 */
	public final LoopFuture<Integer> read(AsynchronousByteChannel channel, ByteBuffer target) {
		checkOpen();
		return this.completions.begin((handler) -> channel.read(target, channel, handler));
	}

	/**
	 * Write to a socket or another channel. Cancelling the future does not end the write,
	 * which has the buffer until it is complete.
	 * @param channel the channel
	 * @param source what to write
	 * @return how many bytes were written
	 * @throws IllegalStateException if the loop is closed
	 */
	public final LoopFuture<Integer> write(AsynchronousByteChannel channel, ByteBuffer source) {
		checkOpen();
		return this.completions.begin((handler) -> channel.write(source, channel, handler));
	}

	@Override
	public final void addReader(int fd, Runnable callback) {
		checkOpen();
		throw noDescriptors();
	}

	@Override
	public final boolean removeReader(int fd) {
		return false;
	}

	@Override
	public final void addWriter(int fd, Runnable callback) {
		checkOpen();
		throw noDescriptors();
	}

	@Override
	public final boolean removeWriter(int fd) {
		return false;
	}

	private UnsupportedOperationException noDescriptors() {
		return new UnsupportedOperationException(
				"%s cannot wait for descriptors; read and write asynchronous channels, or use a SelectorEventLoop"
					.formatted(this));
	}

	@Override
	public final void addSignalHandler(Signal signal, Runnable callback) {
		checkOpen();
		this.signals.add(signal, callback);
	}

	@Override
	public final boolean removeSignalHandler(Signal signal) {
		return this.signals.remove(signal);
	}

	@Override
	public final LoopFuture<Subprocess> subprocess(SubprocessSpec spec) {
		checkOpen();
		return this.launcher.launch(spec);
	}

	@Override
	public final <P extends SubprocessProtocol> LoopFuture<SubprocessConnection<P>> subprocessExec(
			Supplier<P> protocolFactory, SubprocessSpec spec) {
		checkOpen();
		return this.launcher.launch(protocolFactory, spec);
	}

	@Override
	public final void refuseSubprocesses(String reason) {
		this.launcher.refuse(reason);
	}

	@Override
	public final void acceptSubprocesses() {
		this.launcher.accept();
	}

	@Override
	public final int pendingLaunches() {
		return this.launcher.pending();
	}

	@Override
	public final Collection<SubprocessTransport> subprocessTransports() {
		return this.launcher.transports();
	}

}
