package io.eventloop.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Messages are found in bytes however these are cut.
 */
@Timeout(60)
class MessageFramingTests {

	private static final int MAX = 100;

	private static final List<String> MESSAGES = List.of("{\"id\":1}", "ü€😀", "x", "{\"text\":\"Content-Length: 7\"}");

	@ParameterizedTest
	@EnumSource
	void findsWhatWasFramedAtEverySplit(MessageFraming framing) throws Exception {
		byte[] stream = framed(framing);
		for (int first = 0; first <= stream.length; first++) {
			for (int second = first; second <= stream.length; second++) {
				FrameReader reader = framing.reader(MAX);
				List<String> found = new ArrayList<>();
				for (byte[] piece : List.of(Arrays.copyOfRange(stream, 0, first),
						Arrays.copyOfRange(stream, first, second), Arrays.copyOfRange(stream, second, stream.length))) {
					reader.add(piece);
					found.addAll(messages(reader));
				}
				assertThat(found).as("split at %d and %d", first, second).isEqualTo(MESSAGES);
				assertThat(reader.pending()).isZero();
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void findsMessagesByteByByte(MessageFraming framing) throws Exception {
		FrameReader reader = framing.reader(MAX);
		List<String> found = new ArrayList<>();
		for (byte one : framed(framing)) {
			reader.add(new byte[] { one });
			found.addAll(messages(reader));
		}
		assertThat(found).isEqualTo(MESSAGES);
	}

	@ParameterizedTest
	@EnumSource
	void readsAMegabyteByteByByteInLinearTime(MessageFraming framing) throws Exception {
		byte[] message = new byte[1 << 20];
		Arrays.fill(message, (byte) 'x');
		FrameReader reader = framing.reader(message.length);
		byte[] found = null;
		for (byte one : framing.frame(message)) {
			reader.add(new byte[] { one });
			found = reader.next();
		}
		assertThat(found).isEqualTo(message);
	}

	@Test
	void linesMayEndWithCarriageReturnsAndBeEmpty() throws Exception {
		assertThat(read(MessageFraming.LINES, "\n\r\na\r\n\nb\rc\n\r\n")).containsExactly("a", "b\rc");
	}

	@Test
	void anUnendedLineIsPending() throws Exception {
		FrameReader reader = MessageFraming.LINES.reader(MAX);
		reader.add(bytes("a\nbc"));
		assertThat(messages(reader)).containsExactly("a");
		assertThat(reader.pending()).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource
	void theLargestMessageIsRead(MessageFraming framing) throws Exception {
		String message = "x".repeat(MAX);
		assertThat(read(framing, new String(framing.frame(bytes(message)), StandardCharsets.UTF_8)))
			.containsExactly(message);
	}

	@ParameterizedTest
	@EnumSource
	void aLargerMessageIsRefusedWithTheLimit(MessageFraming framing) {
		String frame = new String(framing.frame(bytes("x".repeat(MAX + 1))), StandardCharsets.UTF_8);
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> read(framing, frame))
			.withMessage("has written a message of more than 100 bytes; raise maxMessage, or have it write " + "less")
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(MessageChannelException.Reason.TOO_LARGE));
	}

	@Test
	void aLineIsRefusedBeforeItsEnd() {
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> read(MessageFraming.LINES, "x".repeat(MAX + 2)));
	}

	@Test
	void theLargestLineMayEndWithACarriageReturn() throws Exception {
		assertThat(read(MessageFraming.LINES, "x".repeat(MAX) + "\r\n")).containsExactly("x".repeat(MAX));
	}

	@Test
	void otherFieldsAndCasesAreAccepted() throws Exception {
		assertThat(read(MessageFraming.CONTENT_LENGTH,
				"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-LENGTH:2\r\n\r\nab"
						+ "Content-Length:  0 \r\n\r\n"))
			.containsExactly("ab", "");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "Starting up!\\r\\n | line 1 has no name before a colon", ": 1\\r\\n | line 1 has no name",
					"Content-Length: 1\\n | line 1 ends with LF alone",
					"A: b\\r\\nContent-Length: -1\\r\\n | line 2 gives a Content-Length that is no number",
					"Content-Length:\\r\\n | line 1 gives a Content-Length that is no number",
					"Content-Length: 9999999999999999999\\r\\n | line 1 gives a Content-Length that is no number",
					"Content-Length: 1\\r\\nContent-Length: 1\\r\\n | line 2 gives a second Content-Length",
					"Type: json\\r\\n\\r\\n | a header without Content-Length" })
	void aMalformedHeaderIsNamedWithoutItsContent(String header, String problem) {
		String text = header.replace("\\r", "\r").replace("\\n", "\n");
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> read(MessageFraming.CONTENT_LENGTH, text))
			.withMessageContaining(problem)
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(MessageChannelException.Reason.MALFORMED))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("Starting", "json", "99"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "A: b\r\n" })
	void anEndlessHeaderIsRefused(String piece) {
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> read(MessageFraming.CONTENT_LENGTH, piece.repeat(8193)))
			.withMessageContaining("a header of more than 8192 bytes");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\nb", "a\r\nb", "a\n", "\r" })
	void aLineBreakInAMessageIsRefused(String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> MessageFraming.LINES.frame(bytes(message)))
			.withMessageContaining("has a line break at byte");
	}

	@Test
	void anEmptyMessageIsNoLine() {
		assertThatIllegalArgumentException().isThrownBy(() -> MessageFraming.LINES.frame(new byte[0]))
			.withMessageContaining("empty");
	}

	private static byte[] framed(MessageFraming framing) {
		StringBuilder stream = new StringBuilder();
		for (String message : MESSAGES) {
			stream.append(new String(framing.frame(bytes(message)), StandardCharsets.UTF_8));
		}
		return bytes(stream.toString());
	}

	private static List<String> read(MessageFraming framing, String stream) throws FrameException {
		FrameReader reader = framing.reader(MAX);
		reader.add(bytes(stream));
		return messages(reader);
	}

	private static List<String> messages(FrameReader reader) throws FrameException {
		List<String> found = new ArrayList<>();
		byte[] message = reader.next();
		while (message != null) {
			found.add(new String(message, StandardCharsets.UTF_8));
			message = reader.next();
		}
		return found;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
