package io.eventloop.containment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.UnsupportedPlatformException;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import io.eventloop.testsupport.Proc;
import io.eventloop.testsupport.ProcessStat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures what docs/containment.md says containment costs. Run it with
 * {@code -Dtrees.figures=true} on a machine that has nothing else to do.
 */
@EnabledIfSystemProperty(named = "trees.figures", matches = "true")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ContainmentFiguresIT {

	private static final int OTHERS = 100;

	private static final int TIMES = 50;

	private static final int BATCH = 20;

	private static final String TAG = "98773";

	@RegisterExtension
	private final LoopExtension extension = new LoopExtension(WatcherKind.PIDFD);

	private final Map<ContainmentMechanism, TreeContainment> containments = new TreeMap<>();

	private final List<Process> others = new ArrayList<>();

	@AfterEach
	void endOthers() {
		this.others.forEach(Process::destroyForcibly);
	}

	@Test
	@DisplayName("From the kill of a tree of ten members, in its child's group, until none is alive")
	void timeToEmpty() throws Exception {
		for (int i = 0; i < OTHERS; i++) {
			this.others.add(new ProcessBuilder("sleep", "600").start());
		}
		Map<ContainmentMechanism, List<Long>> empty = new TreeMap<>();
		Map<ContainmentMechanism, List<Long>> told = new TreeMap<>();
		for (int i = 0; i < TIMES; i++) {
			for (ContainmentMechanism mechanism : mechanisms()) {
				use(mechanism);
				Subprocess child = this.extension.loop()
					.subprocess(SubprocessSpec
						.shell("for i in 1 2 3 4 5 6 7 8 9; do sleep TAG & done; echo; wait".replace("TAG", TAG))
						.pipes()
						.processGroup(0))
					.join();
				child.requireStdout().readLine().join();
				List<Long> members = Proc.processes()
					.stream()
					.filter((process) -> process.group() == child.pid())
					.map(ProcessStat::pid)
					.toList();
				assertThat(members).hasSize(10);
				long begin = System.nanoTime();
				child.transport().tree().kill();
				while (members.stream()
					.map(Proc::state)
					.anyMatch((state) -> state != Proc.GONE && state != Proc.ZOMBIE)) {
					Thread.onSpinWait();
				}
				empty.computeIfAbsent(mechanism, (key) -> new ArrayList<>()).add(System.nanoTime() - begin);
				child.transport().tree().killed().toCompletableFuture().join();
				told.computeIfAbsent(mechanism, (key) -> new ArrayList<>()).add(System.nanoTime() - begin);
				child.onExit().join();
			}
		}
		empty.forEach((mechanism, nanos) -> System.out.printf("FIGURE %s: empty after %d us, killed() after %d us%n",
				mechanism, median(nanos) / 1000, median(told.get(mechanism)) / 1000));
	}

	@Test
	@DisplayName("The start of a child, as a ratio to one that is contained by its group, in turns")
	void start() {
		List<ContainmentMechanism> turns = new ArrayList<>(mechanisms());
		turns.add(ContainmentMechanism.GROUP);
		List<List<Long>> ratios = Stream.generate(() -> (List<Long>) new ArrayList<Long>())
			.limit(turns.size())
			.toList();
		List<Long> base = new ArrayList<>();
		for (int i = 0; i < 2 * TIMES; i++) {
			use(ContainmentMechanism.GROUP);
			long group = batch();
			for (int turn = 0; turn < turns.size(); turn++) {
				use(turns.get(turn));
				long nanos = batch();
				if (i >= TIMES / 2) {
					ratios.get(turn).add(nanos * 10_000 / group);
				}
			}
			base.add(group / BATCH);
		}
		System.out.printf("FIGURE start and exit with GROUP: %d us%n", median(base) / 1000);
		for (int turn = 0; turn < turns.size(); turn++) {
			List<Long> sorted = ratios.get(turn).stream().sorted().toList();
			System.out.printf("FIGURE start and exit with %s / GROUP: %.3f (quartiles %.3f to %.3f)%n", turns.get(turn),
					median(sorted) / 1e4, sorted.get(sorted.size() / 4) / 1e4, sorted.get(sorted.size() * 3 / 4) / 1e4);
		}
	}

	@Test
	@DisplayName("The memory of the guardian")
	void guardian() throws IOException {
		this.extension.loop().setChildContainment(TreeContainment.builder().killOnExit(Duration.ofSeconds(1)).build());
		this.extension.loop().subprocess(SubprocessSpec.exec("true")).join().onExit().join();
		long pid = TreeContainment.guardian().orElseThrow().pid();
		Files.readAllLines(Path.of("/proc/%d/smaps_rollup".formatted(pid)))
			.stream()
			.filter((line) -> line.matches("(Rss|Pss|Private_Dirty):.*"))
			.forEach((line) -> System.out.println("FIGURE guardian " + line));
	}

	private long batch() {
		long begin = System.nanoTime();
		for (int i = 0; i < BATCH; i++) {
			this.extension.loop().subprocess(SubprocessSpec.exec("true")).join().onExit().join();
		}
		return System.nanoTime() - begin;
	}

	private void use(ContainmentMechanism mechanism) {
		this.extension.loop()
			.setChildContainment(this.containments.computeIfAbsent(mechanism,
					(choice) -> TreeContainment.builder().mechanism(choice).build()));
	}

	private List<ContainmentMechanism> mechanisms() {
		return Stream.of(ContainmentMechanism.GROUP, ContainmentMechanism.MARK, ContainmentMechanism.CGROUP)
			.filter((mechanism) -> {
				try {
					use(mechanism);
					return true;
				}
				catch (UnsupportedPlatformException ex) {
					return false;
				}
			})
			.toList();
	}

	private static long median(List<Long> values) {
		return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
	}

}
