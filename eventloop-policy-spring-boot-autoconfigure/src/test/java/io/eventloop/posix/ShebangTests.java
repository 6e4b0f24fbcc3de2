package io.eventloop.posix;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ShebangTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '|', value = { "#!/bin/sh\\n,/bin/sh", "#! /bin/sh -x\\n,/bin/sh",
			"#!\\t/bin/sh\\t-x,/bin/sh", "#!/bin/sh\\r\\n,/bin/sh\\r", "#!/bin/env -S sh\\r\\n,/bin/env", "text,||" })
	void endsAtABlankATabOrTheLine(String head, String interpreter) {
		ByteBuffer bytes = ByteBuffer.wrap(plain(head).getBytes(StandardCharsets.UTF_8));
		assertThat(Shebang.interpreter(bytes)).isEqualTo(plain(interpreter));
	}

	@Test
	void aCarriageReturnIsShown() {
		assertThat(Shebang.missing("/bin/sh\r")).isEqualTo("the script is there, but not its interpreter /bin/sh\\r; "
				+ "its lines end as on Windows, convert them with dos2unix");
		assertThat(Shebang.missing("/bin/sh")).isEqualTo("the script is there, but not its interpreter /bin/sh");
	}

	private static String plain(String escaped) {
		return escaped.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
	}

}
