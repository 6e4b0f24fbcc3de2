package io.eventloop.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.eventloop.Signal;

/**
 * The signals that this process ignores, as {@code /proc/self/status} has them: a set in
 * which bit 0 is signal 1.
 * <p>
 * A JVM leaves ignored what it was started with ignored, such as SIGHUP under nohup(1),
 * unless code takes the signal. The exceptions are those it always handles: SIGPIPE,
 * SIGXFSZ, SIGQUIT and the errors. For these nothing tells any more how it was started.
 *
 * @see <a href=
 * "https://man7.org/linux/man-pages/man5/proc_pid_status.5.html">proc_pid_status(5)</a>
 */
final class IgnoredSignals {

	private static final String LINE = "SigIgn:";

	private static final int SIGPIPE = 13;

	private static final int SIGXFSZ = 25;

	private static final int SIGCANCEL = 32;

	private static final int SIGSETXID = 33;

	/**
	 * What children go on ignoring: what is ignored when this package is first used.
	 * Without SIGCHLD, for a program that ignores it cannot wait for children of its own;
	 * without what asyncio's {@code restore_signals} resets; and without the two that the
	 * C library keeps to itself.
	 */
	static final long OF_CHILDREN = now() & ~bit(Signal.SIGCHLD.number()) & ~bit(SIGPIPE) & ~bit(SIGXFSZ)
			& ~bit(SIGCANCEL) & ~bit(SIGSETXID);

	private IgnoredSignals() {
	}

	/**
	 * Find out now, unless that was done before.
	 */
	static void load() {
		// Initializing the class has done it
	}

	static boolean contains(Signal signal) {
		return (now() & bit(signal.number())) != 0;
	}

	private static long bit(int signal) {
		return 1L << (signal - 1);
	}

	private static long now() {
		try {
			for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
				if (line.startsWith(LINE)) {
					return Long.parseUnsignedLong(line.substring(LINE.length()).strip(), 16);
				}
			}
		}
		catch (IOException ex) {
			// Where nothing tells, none is: hardly any process is started so
		}
		return 0;
	}

}
