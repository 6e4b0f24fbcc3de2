package io.eventloop.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import io.eventloop.testsupport.Behaviour.Mark;

/**
 * A document of the repository that numbers behaviours. Its tables have the columns
 * number, behaviour, mark and remark.
 */
public enum BehaviourDocument {

	/**
	 * What asyncio does: S1 and so on.
	 */
	ASYNCIO("asyncio-behaviours.md", "S", "as CPython 3.12"),

	/**
	 * What a Spring Boot developer expects: N1 and so on.
	 */
	SPRING("spring-behaviours.md", "N", "as expected");

	private static final int COLUMNS = 4;

	private final String file;

	private final String letter;

	private final String same;

	BehaviourDocument(String file, String letter, String same) {
		this.file = file;
		this.letter = letter;
		this.same = same;
	}

	/**
	 * Return the letter that the document's numbers begin with.
	 * @return the letter
	 */
	public String letter() {
		return this.letter;
	}

	/**
	 * Return how the document spells a mark.
	 * @param mark the mark
	 * @return the text of the column
	 */
	public String spelled(Mark mark) {
		return switch (mark) {
			case SAME -> this.same;
			case DIFFERENT -> "different";
			case NOT_APPLICABLE -> "not applicable";
			case OPEN -> "open";
		};
	}

	/**
	 * Read the document, relative to a module's directory.
	 * @return its behaviours, in order, and those without a number where they stand
	 */
	public List<Behaviour> behaviours() {
		try {
			return behaviours(Files.readAllLines(Path.of("..", "docs", this.file)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	List<Behaviour> behaviours(List<String> lines) {
		return lines.stream()
			.filter((line) -> line.startsWith("|") && !line.startsWith("|--"))
			.map(BehaviourDocument::cells)
			.filter(this::isBehaviour)
			.map(this::behaviour)
			.toList();
	}

	private static List<String> cells(String line) {
		String inner = line.strip().replaceFirst("^\\|", "").replaceFirst("\\|$", "");
		return Arrays.stream(inner.split("(?<!\\\\)\\|", -1)).map(String::strip).toList();
	}

	private boolean isBehaviour(List<String> cells) {
		return cells.get(0).matches(this.letter + "\\d+") || (cells.size() == COLUMNS && !cells.get(2).equals("mark"));
	}

	private Behaviour behaviour(List<String> cells) {
		if (cells.size() != COLUMNS) {
			throw new IllegalStateException(
					"Row %s of %s has %d cells; give it %d: number, behaviour, mark and remark, the last one empty where there is none"
						.formatted(cells.get(0), this.file, cells.size(), COLUMNS));
		}
		return new Behaviour(cells.get(0).replace("`", ""), cells.get(1), mark(cells), cells.get(3));
	}

	private Mark mark(List<String> cells) {
		return Arrays.stream(Mark.values())
			.filter((mark) -> spelled(mark).equals(cells.get(2)))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("Row %s of %s is marked '%s'; mark it one of %s".formatted(
					cells.get(0), this.file, cells.get(2), Arrays.stream(Mark.values()).map(this::spelled).toList())));
	}

}
