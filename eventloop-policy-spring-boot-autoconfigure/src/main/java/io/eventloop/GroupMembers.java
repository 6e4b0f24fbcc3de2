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

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the members of process groups whose leaders are children, running or reaped. As
 * long as there is a member, the kernel gives the group's number to no other process. But
 * after its last one the number may be that of another application's group, which may
 * have outlived its leader, too: the members count if one of them shows that the group is
 * the leader's.
 *
 * @see TreeRoot#ownsGroupOf
 */
final class GroupMembers {

	private static final Logger logger = LoggerFactory.getLogger(GroupMembers.class);

	private static final Path PROC = Path.of("/proc");

	private final Map<Long, List<Member>> groups = new HashMap<>();

	private GroupMembers() {
	}

	/**
	 * Find those that are alive, without the leaders.
	 * @return them by group
	 */
	static Map<Long, List<ProcessHandle>> find(List<TreeRoot> leaders) {
		GroupMembers found = new GroupMembers();
		leaders.forEach((leader) -> found.groups.put(leader.pid(), new ArrayList<>(0)));
		if (!leaders.isEmpty()) {
			found.find();
		}
		Map<Long, List<ProcessHandle>> members = new HashMap<>();
		leaders.forEach((leader) -> members.put(leader.pid(), found.membersOf(leader)));
		return members;
	}

	private void find() {
		try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
			for (Path process : processes) {
				Member.read(process).filter(Member::isAlive).ifPresent(this::add);
			}
		}
		catch (IOException | DirectoryIteratorException ex) {
			logger.debug("The members of process groups {} cannot be found", this.groups.keySet(), ex);
		}
	}

	private void add(Member process) {
		List<Member> members = this.groups.get(process.group);
		if (members != null) {
			members.add(process);
		}
	}

	private List<ProcessHandle> membersOf(TreeRoot leader) {
		List<Member> members = this.groups.getOrDefault(leader.pid(), List.of());
		if (members.stream().noneMatch((member) -> leader.ownsGroupOf(member.session, member.start))) {
			return List.of();
		}
		return members.stream()
			.filter((member) -> member.pid != leader.pid())
			.flatMap((member) -> member.handle().stream())
			.toList();
	}

	/**
	 * A process as {@code /proc/PID/stat} has shown it.
	 *
	 * @param pid the pid
	 * @param state the state, {@code Z} for a zombie
	 * @param group the process group
	 * @param session the session
	 * @param start when it was started, in clock ticks
	 */
	private record Member(long pid, char state, long group, long session, long start) {

		private static final int START = 19;

		static Optional<Member> read(Path process) {
			try {
				String line = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
				String[] rest = line.substring(line.lastIndexOf(')') + 2).split(" ", START + 2);
				return Optional.of(new Member(Long.parseLong(process.getFileName().toString()), rest[0].charAt(0),
						Long.parseLong(rest[2]), Long.parseLong(rest[3]), Long.parseLong(rest[START])));
			}
			catch (IOException ex) {
				// It is gone
				return Optional.empty();
			}
		}

		boolean isAlive() {
			return this.state != 'Z';
		}

		/**
		 * Hold the process, if it is still the one that was found.
		 */
		Optional<ProcessHandle> handle() {
			return ProcessHandle.of(this.pid)
				.filter((handle) -> read(PROC.resolve(Long.toString(this.pid)))
					.filter((now) -> now.isAlive() && now.start == this.start && now.group == this.group)
					.isPresent());
		}

	}

}
