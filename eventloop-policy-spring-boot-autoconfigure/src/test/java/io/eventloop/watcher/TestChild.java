package io.eventloop.watcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.eventloop.ChildExit;
import io.eventloop.Signal;
import io.eventloop.posix.ChildProcess;
import io.eventloop.posix.Descriptors;
import io.eventloop.posix.PosixSpawn;
import io.eventloop.posix.SpawnRequest;
import io.eventloop.posix.SpawnRequestBuilder;
import io.eventloop.posix.TestNative;

/**
 * A real child, which ends with its code when the test says so.
 */
public final class TestChild {

	private static final PosixSpawn SPAWN = new PosixSpawn();

	private final ChildProcess process;

	private final Runnable end;

	private TestChild(ChildProcess process, Runnable end) {
		this.process = process;
		this.end = end;
	}

	/**
	 * One that runs until {@link #end()}.
	 */
	public static TestChild running(int code) {
		return together(code).get(0);
	}

	/**
	 * Several that end together, each with its code.
	 */
	public static List<TestChild> together(int... codes) {
		try {
			Descriptors.Pipe pipe = Descriptors.pipe();
			List<TestChild> children = new ArrayList<>();
			for (int code : codes) {
				SpawnRequest request = SpawnRequestBuilder.of("/bin/sh", "-c", "read line; exit " + code)
					.streams(pipe.readEnd(), 1, 2)
					.build();
				children.add(new TestChild(SPAWN.spawn(request), () -> Descriptors.close(pipe.writeEnd())));
			}
			Descriptors.close(pipe.readEnd());
			return children;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * One that has ended, and is a zombie.
	 */
	public static TestChild ended(int code) {
		TestChild child = running(code);
		child.end();
		child.process.awaitExit();
		return child;
	}

	/**
	 * One that ends by itself, at once.
	 */
	public static TestChild exiting(int code) {
		try {
			return new TestChild(SPAWN.spawn(SpawnRequestBuilder.of("/bin/sh", "-c", "exit " + code).build()), () -> {
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Several that one signal to their group reaches, and that otherwise run until
	 * {@link #end()}. The first one leads the group.
	 */
	public static List<TestChild> inOneGroup(int count) {
		try {
			Descriptors.Pipe pipe = Descriptors.pipe();
			List<TestChild> children = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				SpawnRequest request = SpawnRequestBuilder.of("/bin/cat")
					.streams(pipe.readEnd(), 1, 2)
					.processGroup(children.isEmpty() ? 0 : children.get(0).pid())
					.build();
				children.add(new TestChild(SPAWN.spawn(request), () -> Descriptors.close(pipe.writeEnd())));
			}
			Descriptors.close(pipe.readEnd());
			return children;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public ChildProcess process() {
		return this.process;
	}

	public long pid() {
		return this.process.pid();
	}

	/**
	 * Let it end, and those that were started with it.
	 */
	public void end() {
		this.end.run();
	}

	public void kill() {
		this.process.signal(Signal.SIGKILL);
		this.end.run();
	}

	/**
	 * Wait until it is a zombie.
	 */
	public void awaitEnd() {
		this.process.awaitExit();
	}

	/**
	 * Wait for its end, and reap it unless it was.
	 */
	public ChildExit reap() {
		this.process.awaitExit();
		return Objects.requireNonNull(this.process.reap());
	}

	/**
	 * Take its exit status as foreign code does, behind the back of its owner.
	 */
	public void steal() {
		TestNative.waitpid(pid());
	}

}
