package io.eventloop.build;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every relative link in the repository's Markdown files leads to a file, and to a
 * heading of it where the link has a fragment.
 */
class DocumentLinksTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Set<String> SKIPPED = Set.of("target", "node_modules");

	private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

	@Test
	void everyRelativeLinkResolves() throws IOException {
		List<Path> documents = documents();
		assertThat(documents).contains(ROOT.resolve("README.md"), ROOT.resolve("docs/architecture.md"));
		List<String> broken = new ArrayList<>();
		int links = 0;
		for (Path document : documents) {
			for (String link : links(document)) {
				links++;
				if (!resolves(document, link)) {
					broken.add(ROOT.relativize(document) + " links to " + link);
				}
			}
		}
		assertThat(broken).isEmpty();
		assertThat(links).isGreaterThan(50);
	}

	@Test
	void everyDocumentIsLinked() throws IOException {
		Set<Path> linked = new HashSet<>();
		for (Path document : documents()) {
			links(document).forEach((link) -> linked.add(target(document, link)));
		}
		assertThat(documents()).filteredOn((document) -> !document.equals(ROOT.resolve("README.md")))
			.allMatch(linked::contains, "is the target of a link in another document");
	}

	private static boolean resolves(Path document, String link) throws IOException {
		Path target = target(document, link);
		if (!Files.exists(target)) {
			return false;
		}
		int fragment = link.indexOf('#');
		return fragment < 0 || headings(target).contains(link.substring(fragment + 1));
	}

	private static Path target(Path document, String link) {
		String path = link.replaceFirst("#.*", "");
		return path.isEmpty() ? document : document.resolveSibling(path).normalize();
	}

	private static List<String> links(Path document) throws IOException {
		List<String> links = new ArrayList<>();
		for (String line : prose(document)) {
			Matcher matcher = LINK.matcher(line);
			while (matcher.find()) {
				if (!matcher.group(1).matches("[a-z]+:.*")) {
					links.add(matcher.group(1));
				}
			}
		}
		return links;
	}

	/**
	 * Return the fragments that lead to the headings of a document, as GitHub makes them.
	 */
	private static List<String> headings(Path document) throws IOException {
		return prose(document).stream()
			.filter((line) -> line.matches("#+ .*"))
			.map((line) -> line.replaceFirst("#+ ", "")
				.toLowerCase(Locale.ROOT)
				.replaceAll("[^\\p{L}\\p{N} _-]", "")
				.replace(' ', '-'))
			.toList();
	}

	/**
	 * Return the lines outside of code blocks.
	 */
	private static List<String> prose(Path document) throws IOException {
		List<String> prose = new ArrayList<>();
		boolean code = false;
		for (String line : Files.readAllLines(document)) {
			if (line.startsWith("```")) {
				code = !code;
			}
			else if (!code) {
				prose.add(line);
			}
		}
		return prose;
	}

	private static List<Path> documents() throws IOException {
		List<Path> documents = new ArrayList<>();
		Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
				String name = directory.getFileName().toString();
				boolean skipped = !directory.equals(ROOT) && (name.startsWith(".") || SKIPPED.contains(name));
				return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
				if (file.getFileName().toString().endsWith(".md")) {
					documents.add(file);
				}
				return FileVisitResult.CONTINUE;
			}

		});
		return documents;
	}

}
