package io.eventloop.posix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The clock of the starts of processes: ticks since the system was booted, 100 a second
 * on all architectures that are supported. From any thread.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://man7.org/linux/man-pages/man5/proc_uptime.5.html">proc_uptime(5)</a>
 */
public final class BootClock {

	private static final long NANOS_PER_TICK = Duration.ofSeconds(1).toNanos() / 100;

	private static final int READINGS = 3;

	private static final Path UPTIME = Path.of("/proc/uptime");

	private BootClock() {
	}

	/**
	 * Return the present tick.
	 * @return the ticks that have begun, or 0 if {@code /proc} does not tell
	 */
	public static long now() {
		try {
			String uptime = Files.readString(UPTIME, StandardCharsets.US_ASCII);
			return Long.parseLong(uptime.substring(0, uptime.indexOf(' ')).replace(".", ""));
		}
		catch (IOException ex) {
			return 0;
		}
	}

	/**
	 * Return the tick of a moment in the past, or an earlier one. A thread that is held
	 * up between the two clocks finds one too early, so the latest of some counts.
	 */
	static long tickAt(long nanos) {
		long tick = Long.MIN_VALUE;
		for (int i = 0; i < READINGS; i++) {
			long now = now();
			long ago = System.nanoTime() - nanos;
			tick = Math.max(tick, now - (ago + NANOS_PER_TICK - 1) / NANOS_PER_TICK);
		}
		return tick;
	}

}
