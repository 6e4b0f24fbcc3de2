package io.eventloop.client;

import java.util.OptionalLong;

import io.eventloop.BrokenPipeException;
import io.eventloop.ExitStatus;
import io.eventloop.ReadTransport;
import io.eventloop.StreamReader;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessProtocol;
import io.eventloop.SubprocessTransport;
import io.eventloop.WriteTransport;
import org.jspecify.annotations.Nullable;

/**
 * One program of a run: the child, and what goes in and comes out. Belongs to the loop's
 * thread.
 */
final class RunMember implements SubprocessProtocol {

	private static final int STDIN = 0;

	private static final int STDOUT = 1;

	private static final int STDERR = 2;

	private final CommandPlan plan;

	private final CommandRun run;

	private final MemberStreams streams;

	private @Nullable SubprocessTransport transport;

	private int openOutputs;

	private int held;

	private boolean reading;

	private long received;

	private boolean exited;

	private boolean drained = true;

	RunMember(CommandPlan plan, CommandRun run, MemberStreams streams) {
		this.plan = plan;
		this.run = run;
		this.streams = streams;
	}

	CommandPlan plan() {
		return this.plan;
	}

	MemberStreams streams() {
		return this.streams;
	}

	@Nullable SubprocessTransport transport() {
		return this.transport;
	}

	boolean hasExited() {
		return this.exited;
	}

	boolean isOver() {
		return this.exited && this.openOutputs == 0;
	}

	/**
	 * Return whether all outputs that are open are held by those who consume them.
	 */
	boolean isHeld() {
		return this.openOutputs > 0 && this.held == this.openOutputs;
	}

	/**
	 * Return how many bytes of its outputs were read here; empty where they go elsewhere,
	 * or are read by hand.
	 */
	OptionalLong received() {
		return this.reading ? OptionalLong.of(this.received) : OptionalLong.empty();
	}

	boolean isDrained() {
		return this.drained;
	}

	ExitStatus status() {
		if (this.transport == null) {
			return new ExitStatus.Lost("it was not started");
		}
		return this.transport.exit()
			.<ExitStatus>map((exit) -> exit.status())
			.orElseGet(() -> new ExitStatus.Lost("its exit was not seen"));
	}

	@Override
	public void connectionMade(SubprocessTransport made) {
		this.transport = made;
		connect(made, STDOUT);
		connect(made, STDERR);
	}

	private void connect(SubprocessTransport made, int stream) {
		if (made.pipeTransport(stream) instanceof ReadTransport pipe) {
			this.openOutputs++;
			this.reading = true;
			sink(stream).connect(new PipeValve(pipe));
		}
	}

	/**
	 * Take over a child whose streams are read by hand, but for those that are consumed.
	 */
	void adopt(Subprocess child) {
		this.transport = child.transport();
		if (this.plan.output().output().isConsumed()) {
			pump(child.requireStdout(), STDOUT);
		}
		if (this.plan.output().errors().isConsumed()) {
			pump(child.requireStderr(), STDERR);
		}
		child.onExit().whenComplete((code, failure) -> processExited());
	}

	private void pump(StreamReader stream, int descriptor) {
		this.openOutputs++;
		new StreamPump(stream, sink(descriptor), this::outputEnded).begin();
	}

	/**
	 * Begin to feed its input.
	 */
	void feed() {
		InputFeed feed = this.streams.feed();
		if (feed != null && this.transport != null
				&& this.transport.pipeTransport(STDIN) instanceof WriteTransport pipe) {
			feed.start(pipe);
		}
	}

	/**
	 * Neither feed it any more, nor hand on what it writes.
	 */
	void abandon() {
		this.streams.abandon();
	}

	/**
	 * Let go of the pipes that are open.
	 */
	void letGo() {
		if (this.transport != null && !isOver()) {
			this.drained = false;
			this.transport.close();
		}
	}

	@Override
	public void pipeDataReceived(int fd, byte[] data) {
		this.received += data.length;
		sink(fd).receive(data);
	}

	@Override
	public void pipeConnectionLost(int fd, @Nullable Throwable exception) {
		if (exception != null && this.run.loop().isClosed()) {
			this.run.lost(exception);
		}
		else if (exception != null && !(exception instanceof BrokenPipeException)) {
			this.run.fail(exception);
		}
		if (fd == STDIN) {
			this.streams.stopFeed();
		}
		else {
			sink(fd).end(this::outputEnded);
		}
	}

	private void outputEnded() {
		this.openOutputs--;
		this.run.progress();
	}

	@Override
	public void processExited() {
		this.exited = true;
		this.run.progress();
	}

	@Override
	public void connectionLost(@Nullable Throwable exception) {
		if (exception != null) {
			this.run.lost(exception);
		}
	}

	@Override
	public void pauseWriting() {
		if (this.streams.feed() != null) {
			this.streams.feed().pause();
		}
	}

	@Override
	public void resumeWriting() {
		if (this.streams.feed() != null) {
			this.streams.feed().resume();
		}
	}

	private OutputSink sink(int stream) {
		return (stream == STDOUT) ? this.streams.output() : this.streams.errors();
	}

	@Override
	public String toString() {
		return "RunMember[%s]".formatted(this.plan.spec().name());
	}

	/**
	 * Holds a pipe, and knows that it does.
	 */
	private final class PipeValve implements Valve {

		private final ReadTransport pipe;

		private boolean closed;

		PipeValve(ReadTransport pipe) {
			this.pipe = pipe;
		}

		@Override
		public void close() {
			if (!this.closed) {
				this.closed = true;
				RunMember.this.held++;
				this.pipe.pauseReading();
			}
		}

		@Override
		public void open() {
			if (this.closed) {
				this.closed = false;
				RunMember.this.held--;
				this.pipe.resumeReading();
			}
		}

	}

}
