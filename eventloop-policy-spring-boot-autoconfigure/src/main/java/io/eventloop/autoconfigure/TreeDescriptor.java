package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.eventloop.SubprocessTransport;
import org.jspecify.annotations.Nullable;

/**
 * Description of a child's tree: the child, unless it has exited, and what belongs to it.
 *
 * @param size how many processes it has
 * @param cpu their processor time, and that of children that they have reaped
 * @param memory their resident memory, in bytes; memory that they share counts for each
 * @param members the first {@value #MOST_MEMBERS} processes besides the child
 * @since 0.1.0
 */
public record TreeDescriptor(int size, Duration cpu, long memory, List<MemberDescriptor> members) {

	static final int MOST_MEMBERS = 100;

	/**
	 * Look at the processes of a tree, in the calling thread.
	 * @param child the child
	 * @param members what belongs to it, or {@code null} if that cannot be found
	 * @return the tree, or {@code null} if {@code /proc} does not show it
	 */
	static @Nullable TreeDescriptor of(SubprocessTransport child, @Nullable List<ProcessHandle> members) {
		Optional<ProcessUsage> root = ProcessUsage.read(child.pid()).filter((usage) -> child.returnCode().isEmpty());
		if (members == null || (root.isEmpty() && child.returnCode().isEmpty())) {
			return null;
		}
		int size = root.isPresent() ? 1 : 0;
		Duration cpu = root.map(ProcessUsage::cpu).orElse(Duration.ZERO);
		long memory = root.map(ProcessUsage::memory).orElse(0L);
		List<MemberDescriptor> shown = new ArrayList<>();
		for (ProcessHandle member : members) {
			// It is not another process with the same pid if it is alive afterwards
			ProcessUsage usage = ProcessUsage.read(member.pid()).filter((read) -> member.isAlive()).orElse(null);
			if (usage != null) {
				size++;
				cpu = cpu.plus(usage.cpu());
				memory += usage.memory();
				if (shown.size() < MOST_MEMBERS) {
					shown.add(new MemberDescriptor(member.pid(), usage.program()));
				}
			}
		}
		return new TreeDescriptor(size, cpu, memory, shown);
	}

	/**
	 * Description of a member of a tree.
	 *
	 * @param pid its process id
	 * @param program the first 15 bytes of its program's name
	 */
	public record MemberDescriptor(long pid, String program) {

	}

}
