package io.eventloop.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Tables of the documents in {@code docs}.
 */
final class DocumentTable {

	private DocumentTable() {
	}

	/**
	 * Read the table under a heading.
	 * @param document the document's file name
	 * @param heading the heading's text, of the second level
	 * @return the cells of each row whose first cell is code
	 */
	static List<List<String>> read(String document, String heading) {
		try {
			return Files.readAllLines(Path.of("..", "docs", document))
				.stream()
				.dropWhile((line) -> !line.strip().equals("## " + heading))
				.skip(1)
				.takeWhile((line) -> !line.startsWith("## "))
				.filter((line) -> line.startsWith("| `"))
				.map(DocumentTable::cells)
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
