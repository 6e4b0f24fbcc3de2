package io.eventloop.samples.jobrunner;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class PreviewTests {

	@TempDir
	Path directory;

	@Test
	void textIsShown() throws IOException {
		assertThat(preview("Grüße\tan\r\nalle 👋".getBytes(UTF_8))).isEqualTo("Grüße\tan\r\nalle 👋");
	}

	@Test
	void longTextIsCut() throws IOException {
		assertThat(preview("a".repeat(5000).getBytes(UTF_8))).isEqualTo("a".repeat(1024));
	}

	@Test
	void aCharacterThatTheLimitCutsIsLeftOut() throws IOException {
		assertThat(preview(("a".repeat(1023) + "ü").getBytes(UTF_8))).isEqualTo("a".repeat(1023));
	}

	@Test
	void aCharacterThatTheEndCutsIsNoText() throws IOException {
		assertThat(preview(new byte[] { 'a', (byte) 0xc3 })).isNull();
	}

	@Test
	void binaryIsNotShown() throws IOException {
		assertThat(preview(new byte[] { 'P', 'K', 3, 4 })).isNull();
		assertThat(preview(new byte[] { (byte) 0xff, (byte) 0xfe })).isNull();
		assertThat(preview("\u001b[31mred".getBytes(UTF_8))).isNull();
	}

	@Test
	void nothingIsNotShown() throws IOException {
		assertThat(preview(new byte[0])).isNull();
		assertThat(Preview.of(new File(this.directory.toFile(), "missing"))).isNull();
	}

	private String preview(byte[] bytes) throws IOException {
		return Preview.of(Files.write(this.directory.resolve("file"), bytes).toFile());
	}

}
