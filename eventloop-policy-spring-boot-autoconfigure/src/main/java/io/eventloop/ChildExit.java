package io.eventloop;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The exit of a child process.
 *
 * @param pid its process id, which the system may reuse from now on
 * @param status its exit status
 * @param usage the resources that it used, or {@code null} if unknown
 * @since 0.1.0
 */
public record ChildExit(long pid, ExitStatus status, @Nullable ResourceUsage usage) {

	public ChildExit {
		Objects.requireNonNull(status, "'status' must not be null");
	}

	/**
	 * Return asyncio's return code for the status.
	 * @return the exit code, minus the signal's number, or 255 if the status was lost
	 */
	public int returnCode() {
		return this.status.returnCode();
	}

}
