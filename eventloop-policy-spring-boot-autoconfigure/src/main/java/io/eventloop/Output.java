package io.eventloop;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * What a child wrote until it ended.
 *
 * @param returnCode how it ended, as {@link ChildExit#returnCode()}
 * @param stdout its standard output, or {@code null} where that was no pipe
 * @param stderr its standard error, or {@code null} where that was no pipe
 * @see Subprocess#communicate(byte[])
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent")
public record Output(int returnCode, byte @Nullable [] stdout, byte @Nullable [] stderr) {

	/**
	 * Return the standard output as UTF-8 text.
	 * @return the text, empty where it was no pipe
	 */
	public String stdoutText() {
		return text(this.stdout);
	}

	/**
	 * Return the standard error as UTF-8 text.
	 * @return the text, empty where it was no pipe
	 */
	public String stderrText() {
		return text(this.stderr);
	}

	private static String text(byte @Nullable [] bytes) {
		return (bytes != null) ? new String(bytes, StandardCharsets.UTF_8) : "";
	}

}
