package io.eventloop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the members of process groups whose leaders are children, running or reaped. As
 * long as there is a member, the kernel gives the group's number to no other process. But
 * after its last one the number may be that of another application's group, which may
 * have outlived its leader, too: once the leader was reaped, only those count that were
 * started before.
 */
final class GroupMembers {

	private static final Logger logger = LoggerFactory.getLogger(GroupMembers.class);

	private static final Path PROC = Path.of("/proc");

	private final Map<Long, TreeRoot> leaders = new HashMap<>();

	private final Map<Long, List<ProcessHandle>> groups = new HashMap<>();

	private GroupMembers() {
	}

	/**
	 * Find those that are alive, without the leaders.
	 * @return them by group
	 */
	static Map<Long, List<ProcessHandle>> find(List<TreeRoot> leaders) {
		GroupMembers found = new GroupMembers();
		for (TreeRoot leader : leaders) {
			found.leaders.put(leader.pid(), leader);
			found.groups.put(leader.pid(), new ArrayList<>(0));
		}
		if (!found.groups.isEmpty()) {
			found.find();
		}
		return found.groups;
	}

	private void find() {
		try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
			for (Path process : processes) {
				List<ProcessHandle> members = membersWith(process);
				if (members != null) {
					add(members, process);
				}
			}
		}
		catch (IOException | DirectoryIteratorException ex) {
			logger.debug("The members of process groups {} cannot be found", this.groups.keySet(), ex);
		}
	}

	/**
	 * Add a process, if it is still the one that was found once it is held.
	 */
	private void add(List<ProcessHandle> members, Path process) {
		ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
			.filter((handle) -> !this.groups.containsKey(handle.pid()) && membersWith(process) == members)
			.ifPresent(members::add);
	}

	/**
	 * Return the list that a process belongs to, if it is alive and in one of the groups.
	 */
	private @Nullable List<ProcessHandle> membersWith(Path process) {
		return Stat.read(process)
			.filter((stat) -> stat.state() != 'Z')
			.filter((stat) -> isOfLeader(stat, this.leaders.get(stat.group())))
			.map((stat) -> this.groups.get(stat.group()))
			.orElse(null);
	}

	private static boolean isOfLeader(Stat process, @Nullable TreeRoot leader) {
		return leader != null && process.start() <= leader.lastOwnTick();
	}

	/**
	 * What {@code /proc/PID/stat} says.
	 *
	 * @param state the state, {@code Z} for a zombie
	 * @param group the process group
	 * @param start when it was started, in clock ticks
	 */
	private record Stat(char state, long group, long start) {

		private static final int START = 19;

		private static Optional<Stat> read(Path process) {
			try {
				String line = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
				String[] rest = line.substring(line.lastIndexOf(')') + 2).split(" ", START + 2);
				return Optional.of(new Stat(rest[0].charAt(0), Long.parseLong(rest[2]), Long.parseLong(rest[START])));
			}
			catch (IOException ex) {
				// It is gone
				return Optional.empty();
			}
		}

	}

}
