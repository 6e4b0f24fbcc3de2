package io.eventloop;

import io.eventloop.testsupport.ProcessStat;
import io.eventloop.testsupport.ReapedRoot;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class GroupTreeIT {

	@Test
	@DisplayName("A group that was made after the root was reaped is another application's, although it has the root's number")
	void recycledNumberOfTheRoot() throws Exception {
		Process leader = new ProcessBuilder("setsid", "sh", "-c", "sleep 98770 >/dev/null & echo $!").start();
		long orphan = Long.parseLong(leader.inputReader().readLine());
		try {
			leader.waitFor();
			Awaitility.await().until(() -> ProcessStat.find(leader.pid()).isEmpty());
			ProcessStat member = ProcessStat.find(orphan).orElseThrow();
			assertThat(treeOf(new ReapedRoot(member.group(), member.start() - 1)).members()).isEmpty();
			assertThat(treeOf(new ReapedRoot(member.group(), member.start())).members()).extracting(ProcessHandle::pid)
				.containsExactly(orphan);
		}
		finally {
			ProcessHandle.of(orphan).ifPresent(ProcessHandle::destroyForcibly);
		}
	}

	private static ChildTree treeOf(TreeRoot root) {
		GroupTree tree = new GroupTree(SubprocessSpec.exec("sh"));
		tree.started(root);
		return tree;
	}

}
