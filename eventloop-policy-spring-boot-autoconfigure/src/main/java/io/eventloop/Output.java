package io.eventloop;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * The output of a child that has exited.
 *
 * @param returnCode the return code, as {@link ChildExit#returnCode()}
 * @param stdout its standard output, or {@code null} if that was no pipe
 * @param stderr its standard error, or {@code null} if that was no pipe
 * @see Subprocess#communicate(byte[])
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent")
public record Output(int returnCode, byte @Nullable [] stdout, byte @Nullable [] stderr) {

	/**
	 * Return the standard output as UTF-8 text.
	 * @return the text
	 * @throws IllegalStateException if it was no pipe
	 */
	public String stdoutText() {
		return text(this.stdout, "stdout");
	}

	/**
	 * Return the standard error as UTF-8 text.
	 * @return the text
	 * @throws IllegalStateException if it was no pipe
	 */
	public String stderrText() {
		return text(this.stderr, "stderr");
	}

	private static String text(byte @Nullable [] bytes, String stream) {
		if (bytes == null) {
			throw new IllegalStateException(
					"The %s of the child was no pipe, so what it wrote there is not here; start it with pipes(), or with %s(PIPE)"
						.formatted(stream, stream));
		}
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
