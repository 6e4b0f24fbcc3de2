package io.eventloop.subprocess;

import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;

import io.eventloop.SubprocessSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The named pipes of a child that {@link ProcessBuilder} is about to start. It opens them
 * and starts the child in one call that cannot be given up, so the other ends are waited
 * for here before, and the pipes held until it has opened them, without waiting again.
 * Java knows a pipe by its name alone: one that is unlinked while its other end is waited
 * for cannot be let go of any more, and keeps its thread.
 */
final class HeldPipes implements Closeable {

	private static final Logger logger = LoggerFactory.getLogger(HeldPipes.class);

	private static final int FILE_TYPE = 0xF000;

	private static final int NAMED_PIPE = 0x1000;

	private final Deque<Closeable> held = new ArrayDeque<>();

	private HeldPipes() {
	}

	/**
	 * Wait for the other end of each of a child's named pipes, commonly of none.
	 */
	static HeldPipes await(SubprocessSpec spec, LaunchGate gate) throws IOException {
		HeldPipes pipes = new HeldPipes();
		try {
			pipes.add(spec.stdin(), gate);
			pipes.add(spec.stdout(), gate);
			if (!spec.redirectErrorStream()) {
				pipes.add(spec.stderr(), gate);
			}
			return pipes;
		}
		catch (IOException | RuntimeException ex) {
			pipes.close();
			throw ex;
		}
	}

	private void add(Redirect redirect, LaunchGate gate) throws IOException {
		File file = redirect.file();
		if (file == null || !isNamedPipe(file)) {
			return;
		}
		this.held.push(gate.await(() -> open(file, redirect), () -> bothEnds(file)));
		gate.pass();
		try {
			this.held.push(bothEnds(file));
		}
		catch (IOException ex) {
			logger.debug("{} may not be opened for both directions, so opening it again may wait", file, ex);
		}
	}

	private static Closeable open(File file, Redirect redirect) throws IOException {
		return (redirect.type() == Redirect.Type.READ) ? new FileInputStream(file) : new FileOutputStream(file, true);
	}

	private static Closeable bothEnds(File file) throws IOException {
		return new RandomAccessFile(file, "rw");
	}

	private static boolean isNamedPipe(File file) {
		try {
			return Files.getAttribute(file.toPath(), "unix:mode") instanceof Integer mode
					&& (mode & FILE_TYPE) == NAMED_PIPE;
		}
		catch (IOException | UnsupportedOperationException | IllegalArgumentException ex) {
			// Not there, no path, or on a system without named pipes
			return false;
		}
	}

	@Override
	public void close() {
		while (!this.held.isEmpty()) {
			try {
				this.held.pop().close();
			}
			catch (IOException ex) {
				logger.debug("A named pipe was not closed properly", ex);
			}
		}
	}

}
