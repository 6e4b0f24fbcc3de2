package io.eventloop.client;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.eventloop.ExitStatus;
import io.eventloop.ResourceUsage;
import org.jspecify.annotations.Nullable;

/**
 * How a run of a command has ended, and what it wrote.
 *
 * @param status how the program ended; the last one of a pipeline
 * @param output what was collected of its standard output, {@code null} where that went
 * elsewhere
 * @param errorOutput what was collected of its standard error, {@code null} where that
 * went elsewhere
 * @param charset the charset of its texts
 * @param duration from the call to the end of its output, with the time in a queue
 * @param usage what the program used, or {@code null} where that is unknown
 * @param truncated whether a part of what it wrote was dropped, see
 * {@link SubprocessCommand#keepHeadAndTail(long, long)}
 * @param drained whether the end of its output was seen: {@code false} where a process
 * that it has left held its pipes for longer than the
 * {@linkplain SubprocessCommand#drainTimeout(Duration) drain timeout}
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent")
public record SubprocessResult(ExitStatus status, byte @Nullable [] output, byte @Nullable [] errorOutput,
		Charset charset, Duration duration, @Nullable ResourceUsage usage, boolean truncated, boolean drained) {

	public SubprocessResult {
		Objects.requireNonNull(status, "'status' must not be null");
		Objects.requireNonNull(charset, "'charset' must not be null");
		Objects.requireNonNull(duration, "'duration' must not be null");
	}

	/**
	 * Create the result of a program that has exited by itself, for tests.
	 * @param exitCode its exit code
	 * @param output its standard output
	 * @param errors its standard error
	 * @return the result
	 */
	public static SubprocessResult of(int exitCode, String output, String errors) {
		return new SubprocessResult(new ExitStatus.Exited(exitCode), output.getBytes(StandardCharsets.UTF_8),
				errors.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8, Duration.ZERO, null, false, true);
	}

	/**
	 * Return asyncio's number for the status.
	 * @return the exit code, or minus the number of the signal that ended it
	 */
	public int returnCode() {
		return this.status.returnCode();
	}

	/**
	 * Return the standard output.
	 * @return its bytes, unchanged
	 * @throws IllegalStateException if it was not collected
	 */
	public byte[] bytes() {
		return collected(this.output, "output");
	}

	/**
	 * Return the standard output as text, unchanged.
	 * @return the text
	 * @throws IllegalStateException if it was not collected
	 */
	public String text() {
		return new String(bytes(), this.charset);
	}

	/**
	 * Return the text without its last line end.
	 * @return the text
	 * @throws IllegalStateException if it was not collected
	 */
	public String line() {
		String text = text();
		int end = text.endsWith("\n") ? text.length() - 1 : text.length();
		return text.substring(0, (end > 0 && end < text.length() && text.charAt(end - 1) == '\r') ? end - 1 : end);
	}

	/**
	 * Return the lines of the text, without their ends.
	 * @return the lines
	 * @throws IllegalStateException if it was not collected
	 */
	public List<String> lines() {
		return text().lines().toList();
	}

	/**
	 * Return the standard error as text.
	 * @return the text
	 * @throws IllegalStateException if it was not collected
	 */
	public String errors() {
		return new String(collected(this.errorOutput, "standard error"), this.charset);
	}

	private static byte[] collected(byte @Nullable [] bytes, String what) {
		if (bytes == null) {
			throw new IllegalStateException(
					"The %s of the command was not collected, for it went elsewhere; leave out what sends it there"
						.formatted(what));
		}
		return bytes;
	}

	/**
	 * Return how it ended, and how much it wrote, not what.
	 */
	@Override
	public String toString() {
		return "SubprocessResult[%s, output=%s, errorOutput=%s, duration=%s, truncated=%s, drained=%s]".formatted(
				this.status, size(this.output), size(this.errorOutput), this.duration, this.truncated, this.drained);
	}

	private static String size(byte @Nullable [] bytes) {
		return (bytes != null) ? bytes.length + " bytes" : "elsewhere";
	}

}
