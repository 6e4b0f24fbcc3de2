package io.eventloop.watcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.eventloop.ProcessLookupException;
import io.eventloop.Signal;
import io.eventloop.posix.Descriptors;
import io.eventloop.posix.Pidfd;

/**
 * Kills children of this process that have not run their program yet, and so still are
 * this very program, as often as it gets to see one.
 */
final class EarlyKiller implements AutoCloseable {

	private static final long SELF = ProcessHandle.current().pid();

	private final Thread thread = new Thread(this::killAll, "early-killer");

	private volatile int kills;

	private volatile boolean over;

	EarlyKiller() {
		this.thread.start();
	}

	int kills() {
		return this.kills;
	}

	@Override
	public void close() {
		this.over = true;
		try {
			this.thread.join(20_000);
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	private void killAll() {
		long last = 0;
		while (!this.over) {
			long youngest = youngestProcess();
			if (youngest != last && youngest != SELF) {
				last = youngest;
				kill(youngest);
			}
		}
	}

	/**
	 * The pidfd stays with the process that was checked.
	 */
	private void kill(long pid) {
		try {
			int pidfd = Pidfd.open(pid);
			try {
				if (isOurs(Path.of("/proc/" + pid))) {
					Pidfd.signal(pidfd, Signal.SIGKILL);
					this.kills++;
				}
			}
			finally {
				Descriptors.close(pidfd);
			}
		}
		catch (IOException | ProcessLookupException ex) {
			// It has run its program and ended, or was a thread
		}
	}

	private static boolean isOurs(Path process) throws IOException {
		Path program = Files.readSymbolicLink(Path.of("/proc/self/exe"));
		return Files.readString(process.resolve("stat")).matches("(?s)\\d+ \\(.*\\) \\w " + SELF + " .*")
				&& Files.readSymbolicLink(process.resolve("exe")).equals(program);
	}

	private static long youngestProcess() {
		try {
			String load = Files.readString(Path.of("/proc/loadavg")).strip();
			return Long.parseLong(load.substring(load.lastIndexOf(' ') + 1));
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
