package io.eventloop.subprocess;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.eventloop.LoopFuture;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.testsupport.Proc;
import io.eventloop.testsupport.ProcessStat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A child that leads a group is ended with its group, whichever end it is: the loop's
 * close, the transport's, or that its launch was cancelled. Members that process 1 has
 * not reaped yet count as gone.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
class GroupCloseIT {

	@RegisterExtension
	private final LoopExtension extension;

	GroupCloseIT(WatcherKind watcher) {
		this.extension = new LoopExtension(watcher);
	}

	private static SubprocessSpec leader(boolean session) {
		SubprocessSpec spec = SubprocessSpec.shell("trap '' TERM HUP; sleep 61 & (sleep 61; true) & echo; wait")
			.pipes();
		return session ? spec.startNewSession(true) : spec.processGroup(0);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void closingTheLoopEndsTheGroup(boolean session) throws Exception {
		List<Long> groups = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			Subprocess child = this.extension.start(leader(session));
			child.stdout().readLine().join();
			groups.add(child.pid());
		}
		assertThat(groups).allSatisfy((group) -> assertThat(members(group)).hasSizeGreaterThan(2));
		this.extension.close();
		groups.forEach(GroupCloseIT::awaitNoMember);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void closingTheTransportEndsTheGroup(boolean session) {
		Subprocess child = this.extension.start(leader(session));
		child.stdout().readLine().join();
		child.transport().close();
		child.onDrained().join();
		awaitNoMember(child.pid());
	}

	@RepeatedTest(3)
	@DisplayName("Cancelling a launch ends the group of a child that was born meanwhile")
	void cancelledLaunchEndsTheGroup() {
		List<LoopFuture<Subprocess>> launches = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			launches.add(this.extension.loop().subprocess(leader(true)));
		}
		for (LoopFuture<Subprocess> launch : launches) {
			if (!launch.cancel(true)) {
				// It was there already, and is the caller's
				launch.join().transport().close();
			}
		}
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.extension.loop().subprocessTransports().isEmpty());
		Awaitility.await().untilAsserted(() -> assertThat(sleepersInSessionsOfTheirOwn()).isEmpty());
	}

	private static void awaitNoMember(long group) {
		Awaitility.await().untilAsserted(() -> assertThat(members(group)).isEmpty());
	}

	private static List<ProcessStat> members(long group) {
		return processes().filter((stat) -> stat.group() == group).toList();
	}

	private static List<ProcessStat> sleepersInSessionsOfTheirOwn() {
		long own = ProcessStat.self().session();
		return processes().filter((stat) -> stat.name().equals("sleep") && stat.session() != own)
			.filter((stat) -> Proc.commandLine(stat.pid()).contains("61"))
			.toList();
	}

	private static Stream<ProcessStat> processes() {
		return Proc.processes().stream().filter(ProcessStat::isAlive);
	}

}
