package io.eventloop.containment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.UnsupportedPlatformException;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class CgroupTreeIT {

	@RegisterExtension
	private final LoopExtension extension = new LoopExtension(WatcherKind.PIDFD);

	@Test
	@DisplayName("The control group of a child that has left nothing is removed when its exit is told, and the others when they are killed")
	void groupsAreRemoved() throws Exception {
		try {
			this.extension.loop()
				.setChildContainment(TreeContainment.builder().mechanism(ContainmentMechanism.CGROUP).build());
		}
		catch (UnsupportedPlatformException ex) {
			Assumptions.abort(ex.getMessage());
		}
		Subprocess quiet = this.extension.loop()
			.subprocess(SubprocessSpec.shell("cat /proc/self/cgroup; read x").pipes())
			.join();
		Path left = groupOf(quiet);
		Path own = left.getParent();
		Subprocess busy = this.extension.loop()
			.subprocess(SubprocessSpec.shell("cat /proc/self/cgroup; sleep 98771 >/dev/null 2>&1 & read x").pipes())
			.join();
		Path kept = groupOf(busy);
		assertThat(List.of(left, kept)).allSatisfy((group) -> assertThat(group).isDirectory());
		quiet.stdin().close();
		quiet.onExit().join();
		assertThat(left).doesNotExist();
		busy.stdin().close();
		busy.onExit().join();
		assertThat(kept).isDirectory();
		busy.transport().tree().kill();
		busy.transport().tree().killed().toCompletableFuture().join();
		assertThat(kept).doesNotExist();
		this.extension.close();
		assertThat(own).doesNotExist();
	}

	private static Path groupOf(Subprocess child) throws Exception {
		String line = new String(child.stdout().readLine().join()).strip();
		while (!line.startsWith("0::")) {
			line = new String(child.stdout().readLine().join()).strip();
		}
		return CgroupSupport.own(Files.readAllLines(Path.of("/proc/self/mountinfo")), List.of(line));
	}

}
