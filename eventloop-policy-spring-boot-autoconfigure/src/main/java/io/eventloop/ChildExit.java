package io.eventloop;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How a child process ended.
 *
 * @param pid its process id, which the system may give to another process from now on
 * @param status its status
 * @param usage what it used, or {@code null} where nobody could tell
 * @since 0.1.0
 */
public record ChildExit(long pid, ExitStatus status, @Nullable ResourceUsage usage) {

	public ChildExit {
		Objects.requireNonNull(status, "'status' must not be null");
	}

	/**
	 * Return asyncio's number for the status.
	 * @return the exit code, minus the signal's number, or 255 when the status was lost
	 */
	public int returnCode() {
		return this.status.returnCode();
	}

}
