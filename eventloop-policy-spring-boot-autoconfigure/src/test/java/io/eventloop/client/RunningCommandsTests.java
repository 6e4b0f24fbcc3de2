package io.eventloop.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The recipes are code that compiles.
 */
class RunningCommandsTests {

	private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	@Test
	void everyRecipeIsCompiled() throws IOException {
		Path folder = Path.of("src/test/java/io/eventloop/client");
		String compiled = bare(Files.readString(folder.resolve("RunningCommands.java"))
				+ Files.readString(folder.resolve("TestingCommandsTests.java")));
		List<String> blocks = BLOCK.matcher(Files.readString(Path.of("../docs/running-commands.md")))
			.results()
			.map((MatchResult block) -> block.group(1))
			.toList();
		assertThat(blocks).hasSizeGreaterThan(10)
			.allSatisfy((block) -> assertThat(compiled.contains(bare(block))).as(block).isTrue());
	}

	/**
	 * Return code without what differs in the document: the layout, and {@code this}.
	 */
	private static String bare(String code) {
		return code.replace("this.", "").replaceAll("\\s", "");
	}

}
