package io.eventloop;

import io.eventloop.testsupport.ProcessStat;
import io.eventloop.testsupport.ReapedRoot;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Groups whose leader was reaped.
 */
@Timeout(30)
class GroupTreeIT {

	private long orphan;

	@AfterEach
	void endOrphan() {
		ProcessHandle.of(this.orphan).ifPresent(ProcessHandle::destroyForcibly);
	}

	@Test
	@DisplayName("A group in another session that was made after the root was reaped is another application's, although it has the root's number")
	void recycledNumberOfTheRoot() throws Exception {
		ProcessStat member = groupWithoutLeader("setsid sh -c 'sleep 98770 >/dev/null & echo $!'; :");
		assertThat(treeOf(new ReapedRoot(member.group(), member.start() - 1)).members()).isEmpty();
		assertThat(treeOf(new ReapedRoot(member.group(), member.start())).members()).extracting(ProcessHandle::pid)
			.containsExactly(this.orphan);
	}

	@Test
	@DisplayName("A member in this JVM's session that was started just before the root was reaped is found")
	void startedJustBefore() throws Exception {
		ProcessStat member = groupWithoutLeader("set -m; sh -c 'sleep 98770 >/dev/null & echo $!'; :");
		assertThat(member.session()).isEqualTo(ProcessStat.self().session());
		assertThat(treeOf(new ReapedRoot(member.group(), member.start() - 1)).members()).extracting(ProcessHandle::pid)
			.containsExactly(this.orphan);
		assertThat(treeOf(new ReapedRoot(member.group(), member.start() - 3)).members()).isEmpty();
	}

	@Test
	@DisplayName("Members that others have forked since are found with one that is older")
	void forkedSince() throws Exception {
		ProcessStat member = groupWithoutLeader("setsid sh -c '(sleep 0.1; sleep 98770; :) >/dev/null & echo $!'; :");
		Awaitility.await()
			.until(() -> ProcessHandle.of(this.orphan)
				.orElseThrow()
				.children()
				.anyMatch((child) -> child.info().arguments().filter((all) -> all[0].equals("98770")).isPresent()));
		long forked = ProcessHandle.of(this.orphan).orElseThrow().children().findFirst().orElseThrow().pid();
		assertThat(treeOf(new ReapedRoot(member.group(), member.start())).members()).extracting(ProcessHandle::pid)
			.containsExactlyInAnyOrder(this.orphan, forked);
		ProcessHandle.of(forked).ifPresent(ProcessHandle::destroyForcibly);
	}

	private ProcessStat groupWithoutLeader(String script) throws Exception {
		Process process = new ProcessBuilder("bash", "-c", script).start();
		this.orphan = Long.parseLong(process.inputReader().readLine());
		process.waitFor();
		ProcessStat member = ProcessStat.of(this.orphan);
		Awaitility.await().until(() -> ProcessStat.find(member.group()).isEmpty());
		return member;
	}

	private static ChildTree treeOf(TreeRoot root) {
		GroupTree tree = new GroupTree(SubprocessSpec.exec("sh"));
		tree.started(root);
		return tree;
	}

}
