package io.eventloop.subprocess;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.eventloop.ChildHandler;
import io.eventloop.SubprocessSpec;
import io.eventloop.memory.RepeatableCallback;
import io.eventloop.posix.Descriptors;
import io.eventloop.posix.InheritedStreams;
import io.eventloop.posix.NamedPipe;
import io.eventloop.posix.RedirectFile;
import org.jspecify.annotations.Nullable;

/**
 * Both sides of a child's standard streams while it is being started. Opening a file may
 * block, so it is done off the loop. A stream that this process itself does not have is
 * inherited as the null device.
 */
final class ChildStreams {

	/**
	 * Those of a child that inherits them all.
	 */
	static final ChildStreams INHERITED = new ChildStreams(null);

	static final int STDIN = 0;

	static final int STDOUT = 1;

	static final int STDERR = 2;

	private static final int COUNT = 3;

	private static final int NO_PIPE = -1;

	private final int[] childEnds = { STDIN, STDOUT, STDERR };

	private final int[] ourEnds = { NO_PIPE, NO_PIPE, NO_PIPE };

	private final List<Integer> openedForChild = new ArrayList<>(COUNT);

	private final @Nullable BlockingPipeReactor pumps;

	private ChildStreams(@Nullable BlockingPipeReactor pumps) {
		this.pumps = pumps;
	}

	/**
	 * Make the pipes and open the files. Nothing stays open when that fails.
	 * @param pumps has threads that read and write the pipes, where the loop cannot
	 */
	static ChildStreams open(SubprocessSpec spec, LaunchGate gate, @Nullable BlockingPipeReactor pumps)
			throws IOException {
		ChildStreams streams = new ChildStreams(pumps);
		try {
			streams.openInput(spec.stdin(), gate);
			streams.openOutput(STDOUT, spec.stdout(), gate);
			if (spec.redirectErrorStream()) {
				streams.childEnds[STDERR] = streams.childEnds[STDOUT];
			}
			else {
				streams.openOutput(STDERR, spec.stderr(), gate);
			}
			return streams;
		}
		catch (IOException | RuntimeException | Error ex) {
			streams.closeChildEnds();
			streams.closeOurEnds();
			throw ex;
		}
	}

	int childEnd(int stream) {
		return this.childEnds[stream];
	}

	boolean isPipe(int stream) {
		return this.ourEnds[stream] != NO_PIPE;
	}

	/**
	 * Return our end of a pipe: a non-blocking descriptor, or a number of the pumps'.
	 */
	int ourEnd(int stream) {
		return this.ourEnds[stream];
	}

	void closeChildEnds() {
		// Without a lambda and an iterator: the child is born, and there may be no memory
		for (int i = 0; i < this.openedForChild.size(); i++) {
			Descriptors.close(this.openedForChild.get(i));
		}
		this.openedForChild.clear();
	}

	/**
	 * Close our ends, where no transport has taken them over.
	 */
	void closeOurEnds() {
		for (int stream = 0; stream < COUNT; stream++) {
			if (isPipe(stream)) {
				closeOurEnd(this.ourEnds[stream]);
				this.ourEnds[stream] = NO_PIPE;
			}
		}
	}

	private void closeOurEnd(int end) {
		if (this.pumps != null) {
			this.pumps.discard(end);
		}
		else {
			Descriptors.close(end);
		}
	}

	/**
	 * Return what to call at the exit, which a pump for the child's input does not notice
	 * by itself.
	 * @param handler what else is to be called, on the loop
	 */
	ChildHandler atExit(ChildHandler handler) {
		BlockingPipeReactor reactor = this.pumps;
		if (reactor == null || !isPipe(STDIN)) {
			return handler;
		}
		int input = this.ourEnds[STDIN];
		RepeatableCallback inputEnded = () -> reactor.childExited(input);
		return (exit) -> {
			if (!reactor.loop().isClosed()) {
				reactor.loop().callSoon(inputEnded);
			}
			handler.childExited(exit);
		};
	}

	private void openInput(Redirect redirect, LaunchGate gate) throws IOException {
		switch (redirect.type()) {
			case PIPE -> {
				Descriptors.Pipe pipe = Descriptors.pipe();
				connect(STDIN, pipe.readEnd(), pipe.writeEnd());
			}
			case READ -> open(STDIN, redirect, gate, NamedPipe::openToRead, RedirectFile::toRead);
			case WRITE -> give(STDIN, RedirectFile.toNull());
			default -> inherit(STDIN);
		}
	}

	private void openOutput(int stream, Redirect redirect, LaunchGate gate) throws IOException {
		switch (redirect.type()) {
			case PIPE -> {
				Descriptors.Pipe pipe = Descriptors.pipe();
				connect(stream, pipe.writeEnd(), pipe.readEnd());
			}
			case WRITE -> open(stream, redirect, gate, NamedPipe::openToWrite, RedirectFile::toWrite);
			case APPEND -> open(stream, redirect, gate, NamedPipe::openToWrite, RedirectFile::toAppend);
			default -> inherit(stream);
		}
	}

	private void inherit(int stream) throws IOException {
		if (!InheritedStreams.has(stream)) {
			give(stream, RedirectFile.toNull());
		}
	}

	private void open(int stream, Redirect redirect, LaunchGate gate, Opener<NamedPipe> ofPipe, Opener<File> ofFile)
			throws IOException {
		File file = Objects.requireNonNull(redirect.file(), "A redirect to a file must name it");
		try (NamedPipe pipe = NamedPipe.find(file)) {
			give(stream, (pipe != null) ? gate.await(() -> ofPipe.open(pipe), pipe::openBothEnds) : ofFile.open(file));
		}
		gate.pass();
	}

	private void connect(int stream, int childEnd, int ourEnd) throws IOException {
		give(stream, childEnd);
		if (this.pumps == null) {
			this.ourEnds[stream] = ourEnd;
			Descriptors.setNonBlocking(ourEnd);
		}
		else {
			this.ourEnds[stream] = pump(stream, ourEnd, this.pumps);
		}
	}

	private static int pump(int stream, int ourEnd, BlockingPipeReactor pumps) {
		try {
			return (stream == STDIN) ? pumps.add(new DescriptorOutput(ourEnd)) : pumps.add(new DescriptorInput(ourEnd));
		}
		catch (Throwable ex) {
			Descriptors.close(ourEnd);
			throw ex;
		}
	}

	private void give(int stream, int descriptor) {
		this.childEnds[stream] = descriptor;
		this.openedForChild.add(descriptor);
	}

	/**
	 * Opens a file or a pipe for the child.
	 *
	 * @param <T> what it opens
	 */
	@FunctionalInterface
	private interface Opener<T> {

		int open(T opened) throws IOException;

	}

}
