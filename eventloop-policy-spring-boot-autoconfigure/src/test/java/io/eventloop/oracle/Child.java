package io.eventloop.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;

import io.eventloop.Signal;
import io.eventloop.posix.ChildProcess;
import io.eventloop.posix.PosixSpawn;
import io.eventloop.posix.SpawnRequestBuilder;
import io.eventloop.posix.TestNative;

/**
 * A child that ends with its code when it is told to.
 */
final class Child {

	private static final PosixSpawn SPAWN = new PosixSpawn();

	private final ChildProcess process;

	private final RawPipe pipe;

	Child(int code) {
		try {
			this.pipe = RawPipe.open();
			this.process = SPAWN.spawn(SpawnRequestBuilder.of("/bin/sh", "-c", "read line; exit " + code)
				.streams(this.pipe.readEnd(), 1, 2)
				.build());
			this.pipe.closeReadEnd();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	long pid() {
		return this.process.pid();
	}

	void end() {
		this.pipe.closeWriteEnd();
	}

	/**
	 * Let it end, and wait until it has.
	 */
	void die() {
		end();
		this.process.awaitExit();
	}

	void kill() {
		this.process.signal(Signal.SIGKILL);
		end();
	}

	/**
	 * Take its exit status as foreign code does.
	 */
	void steal() {
		TestNative.waitpid(pid());
	}

	void reap() {
		this.process.awaitExit();
		this.process.reap();
	}

}
