package io.eventloop.client;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class LineDecoderTests {

	private final List<String> lines = new ArrayList<>();

	@Test
	void linesMayEndInAnyChunk() {
		byte[] text = "zwölf Boxkämpfer\r\njagen 🦊\n\n\rViktor\nquer".getBytes(StandardCharsets.UTF_8);
		Random random = new Random(3);
		for (int round = 0; round < 200; round++) {
			this.lines.clear();
			LineDecoder decoder = decoder(StandardCharsets.UTF_8, 1000);
			int position = 0;
			while (position < text.length) {
				int size = Math.min(text.length - position, random.nextInt(4));
				byte[] chunk = new byte[size];
				System.arraycopy(text, position, chunk, 0, size);
				decoder.decode(chunk);
				position += size;
			}
			decoder.end();
			assertThat(this.lines).containsExactly("zwölf Boxkämpfer", "jagen 🦊", "", "\rViktor", "quer");
		}
	}

	@Test
	void manyLinesAreCutFromOneChunk() {
		decoder(StandardCharsets.UTF_8, 10).decode("line\n".repeat(50_000).getBytes(StandardCharsets.UTF_8));
		assertThat(this.lines).hasSize(50_000).containsOnly("line");
	}

	@Test
	void wideCharsetsHaveLinesToo() {
		LineDecoder decoder = decoder(StandardCharsets.UTF_16BE, 100);
		decoder.decode("eins\nzwei".getBytes(StandardCharsets.UTF_16BE));
		decoder.end();
		assertThat(this.lines).containsExactly("eins", "zwei");
	}

	@Test
	void whatIsNoTextIsReplacedAndSaidOnce(CapturedOutput output) {
		LineDecoder decoder = decoder(StandardCharsets.UTF_8, 100);
		decoder.decode(new byte[] { 'a', (byte) 0xff, 'b', '\n', (byte) 0xfe, '\n', (byte) 0xc3 });
		decoder.end();
		assertThat(this.lines).containsExactly("a\uFFFDb", "\uFFFD", "\uFFFD");
		assertThat(output).containsOnlyOnce("convert writes what is no text in UTF-8; it is replaced");
	}

	@Test
	void aLineThatIsTooLongIsRefused() {
		LineDecoder decoder = decoder(StandardCharsets.UTF_8, 5);
		decoder.decode("12345\n1234".getBytes(StandardCharsets.UTF_8));
		assertThatExceptionOfType(OutputLimitException.class)
			.isThrownBy(() -> decoder.decode("56".getBytes(StandardCharsets.UTF_8)))
			.withMessage("convert has written a line of more than 5 characters; raise maxLine, or read its bytes");
		assertThat(this.lines).containsExactly("12345");
	}

	private LineDecoder decoder(Charset charset, int maxLine) {
		CommandOutput output = CommandOutput.COLLECTED.withCharset(charset)
			.withLimits(OutputLimits.DEFAULT.withMaxLine(maxLine));
		return new LineDecoder("convert", output, this.lines::add);
	}

}
