package io.eventloop.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Tables of the repository's README.
 */
final class ReadmeTable {

	private ReadmeTable() {
	}

	/**
	 * Read the first table under a heading.
	 * @param heading the heading's text, of the second level
	 * @return the cells of each row whose first cell is code
	 */
	static List<List<String>> under(String heading) {
		Path readme = Path.of("..", "README.md");
		if (!Files.isRegularFile(readme)) {
			return List.of();
		}
		try {
			return Files.readAllLines(readme)
				.stream()
				.dropWhile((line) -> !line.strip().equals("## " + heading))
				.skip(1)
				.takeWhile((line) -> !line.startsWith("## "))
				.filter((line) -> line.startsWith("| `"))
				.map(ReadmeTable::cells)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> cells(String line) {
		String inner = line.strip().replaceFirst("^\\|", "").replaceFirst("\\|$", "");
		return Arrays.stream(inner.split("(?<!\\\\)\\|", -1)).map(String::strip).toList();
	}

}
