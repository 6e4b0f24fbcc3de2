package io.eventloop.containment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.eventloop.testsupport.Proc;
import io.eventloop.testsupport.ReapedRoot;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a look takes for a member of a tree, and what it leaves alone.
 */
@Timeout(60)
class TreeLookIT {

	private final String mark = TreeMark.unique();

	private final List<Process> started = new ArrayList<>();

	private final List<Long> orphans = new ArrayList<>();

	@AfterEach
	void endAll() {
		this.started.forEach(Process::destroyForcibly);
		this.orphans.forEach((pid) -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
	}

	@Test
	@DisplayName("A process belongs to its tree and to all trees of its loop, whichever of them are searched for")
	void memberOfSeveral() throws Exception {
		Process member = start(this.mark + ".1", "sleep", "98770");
		TreeMembers one = TreeMembers.of(this.mark + ".1");
		TreeMembers all = TreeMembers.ofAll(this.mark);
		TreeLook look = TreeLook.at(List.of(one, all), Set.of(all));
		assertThat(look.alive(one)).extracting(ProcessEntry::pid).containsExactly((int) member.pid());
		assertThat(look.alive(all)).extracting(ProcessEntry::pid).containsExactly((int) member.pid());
		assertThat(member.waitFor(10, TimeUnit.SECONDS)).as("killed").isTrue();
	}

	@Test
	@DisplayName("A group that was made after the root was reaped is another application's, although it has the root's number")
	void recycledNumberOfTheRoot() throws Exception {
		long orphan = groupWithoutLeader();
		ProcessEntry member = ProcessEntry.read((int) orphan).orElseThrow();
		TreeMembers ended = TreeMembers.of(this.mark + ".ended");
		ended.leads(new ReapedRoot(member.group(), member.start() - 1));
		assertThat(TreeLook.at(List.of(ended), Set.of(ended)).alive(ended)).isEmpty();
		assertThat(Proc.state(orphan)).isNotIn(Proc.GONE, Proc.ZOMBIE);
		// The same group, where the root was reaped after its member was started
		TreeMembers tree = TreeMembers.of(this.mark);
		tree.leads(new ReapedRoot(member.group(), member.start()));
		assertThat(TreeLook.at(List.of(tree), Set.of()).alive(tree)).extracting(ProcessEntry::pid)
			.containsExactly((int) orphan);
	}

	/**
	 * Start a group whose leader has exited and was reaped.
	 * @return its member
	 */
	private long groupWithoutLeader() throws Exception {
		Process leader = start("none", "setsid", "sh", "-c", "sleep 98770 >/dev/null & echo $!");
		long orphan = Long.parseLong(leader.inputReader().readLine());
		this.orphans.add(orphan);
		leader.waitFor();
		Awaitility.await().until(() -> ProcessEntry.read((int) leader.pid()).isEmpty());
		return orphan;
	}

	private Process start(String itsMark, String... command) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().put(TreeMark.VARIABLE, itsMark);
		Process process = builder.start();
		this.started.add(process);
		return process;
	}

}
