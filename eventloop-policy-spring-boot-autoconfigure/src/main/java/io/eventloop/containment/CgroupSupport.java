package io.eventloop.containment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds where this process can make control groups.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/cgroups.7.html">cgroups(7)</a>
 */
final class CgroupSupport {

	private static final String OWN = "0::/";

	private CgroupSupport() {
	}

	/**
	 * Make a control group below this process's own.
	 * @param name its name
	 * @throws IOException saying in a sentence why that does not work here
	 */
	static Cgroup create(String name) throws IOException {
		Path own = own(Files.readAllLines(ProcessEntry.PROC.resolve("self/mountinfo"), StandardCharsets.UTF_8),
				Files.readAllLines(ProcessEntry.PROC.resolve("self/cgroup"), StandardCharsets.UTF_8));
		Cgroup group = new Cgroup(own.resolve(name));
		try {
			group.create();
		}
		catch (IOException ex) {
			throw new IOException("no control group can be made in %s; delegate it to this process".formatted(own), ex);
		}
		if (!Files.isWritable(group.path().resolve("cgroup.kill"))) {
			group.remove();
			throw new IOException("control groups have no cgroup.kill here; Linux 5.14 and later have");
		}
		return group;
	}

	/**
	 * Return this process's own control group of version 2.
	 */
	static Path own(List<String> mounts, List<String> groups) throws IOException {
		String group = groups.stream()
			.filter((line) -> line.startsWith(OWN))
			.map((line) -> line.substring(OWN.length()))
			.findFirst()
			.orElseThrow(() -> new IOException("there are no control groups of version 2 here"));
		for (String mount : mounts) {
			String[] fields = mount.split(" ", -1);
			if (mount.contains(" - cgroup2 ")) {
				// The mount's root may be a group itself, as in a container
				Path root = Path.of(fields[3]);
				Path inside = Path.of("/").resolve(group);
				return Path.of(fields[4]).resolve(inside.startsWith(root) ? root.relativize(inside) : Path.of(""));
			}
		}
		throw new IOException("control groups of version 2 are not mounted; mount cgroup2 writable");
	}

}
