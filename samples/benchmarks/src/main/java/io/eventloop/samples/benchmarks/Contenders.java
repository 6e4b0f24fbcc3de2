package io.eventloop.samples.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The contenders that are found on this machine, in the order of the report.
 */
public final class Contenders {

	private final List<Contender> contenders = new ArrayList<>();

	private final Map<String, String> versions = new LinkedHashMap<>();

	private final List<String> missing = new ArrayList<>();

	static Contenders find(BuildDirectory build, JavaCommand java, Optional<String> python) {
		Contenders contenders = new Contenders();
		EventLoopContenders.join(contenders, java);
		CContenders.join(contenders, build, java);
		JavaPeers.join(contenders, java);
		ScriptPeers.join(contenders, build, java, python);
		return contenders;
	}

	/**
	 * Check the names of the requested contenders.
	 * @throws IllegalArgumentException if there is no contender of that name
	 */
	void require(List<String> names) {
		List<String> found = this.contenders.stream().map(Contender::id).toList();
		for (String name : names) {
			if (!found.contains(name)) {
				throw new IllegalArgumentException(
						"There is no contender '%s' here; there are %s".formatted(name, String.join(", ", found)));
			}
		}
	}

	void add(Contender contender) {
		this.contenders.add(contender);
	}

	void version(String what, String version) {
		this.versions.put(what, version);
	}

	/**
	 * Take the version from the name of the jar that a class is in.
	 */
	void version(String what, Class<?> type) {
		String jar = Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
			.getFileName()
			.toString();
		version(what, jar.replaceFirst("^[a-z-]*", "").replaceFirst("\\.jar$", ""));
	}

	void missing(String sentence) {
		this.missing.add(sentence);
	}

	/**
	 * Return the contenders.
	 * @return those that were found
	 */
	public List<Contender> all() {
		return this.contenders;
	}

	/**
	 * Return their versions.
	 * @return versions, by what they are versions of
	 */
	public Map<String, String> versions() {
		return this.versions;
	}

	/**
	 * Return descriptions of what was not found.
	 * @return sentences
	 */
	public List<String> missing() {
		return this.missing;
	}

}
