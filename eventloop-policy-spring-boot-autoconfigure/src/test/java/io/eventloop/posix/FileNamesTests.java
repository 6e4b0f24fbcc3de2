package io.eventloop.posix;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FileNamesTests {

	@Test
	void namesAreInTheLocalesCharset() {
		assertThat(FileNames.encode("ü", FileNames.locale("ISO-8859-1"))).containsExactly(0xFC);
		assertThat(FileNames.encode("ü", FileNames.locale("UTF-8"))).containsExactly(0xC3, 0xBC);
	}

	@Test
	void whatTheLocaleCannotWriteIsUtf8() {
		byte[] utf8 = "ü ☃".getBytes(StandardCharsets.UTF_8);
		assertThat(FileNames.encode("ü ☃", FileNames.locale("ANSI_X3.4-1968"))).isEqualTo(utf8);
		assertThat(FileNames.encode("ü ☃", FileNames.locale("ISO-8859-1"))).isEqualTo(utf8);
		assertThat(FileNames.encode("ü ☃", FileNames.locale("x-unknown"))).isEqualTo(utf8);
	}

}
