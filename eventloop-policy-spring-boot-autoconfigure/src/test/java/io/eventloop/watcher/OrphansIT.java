package io.eventloop.watcher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.eventloop.posix.ChildJvm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Whole applications whose children leave orphans behind.
 */
@Timeout(180)
class OrphansIT {

	@Test
	@DisplayName("N50 process 1 reaps orphans, while the JDK's children and ours keep their exits")
	void process1ReapsOrphans() throws Exception {
		String output = runAsProcess1("pid1");
		assertThat(output).contains("pid 1\n", "active true\n", "wrong exits 0\n", "zombies 0\n")
			.containsPattern("Reaped orphan \\d+: Exited\\[code=0]");
		assertThatUnownedZombiesHaveTheirGrace(output);
	}

	@Test
	@DisplayName("N50 a subreaper reaps orphans, while the JDK's children and ours keep their exits")
	void subreaperReapsOrphans() throws Exception {
		String output = run(List.of(), "subreaper");
		assertThat(output).contains("active true\n", "wrong exits 0\n", "zombies 0\n");
		assertThatUnownedZombiesHaveTheirGrace(output);
	}

	@Test
	void offLeavesOrphansAloneEvenInProcess1() throws Exception {
		assertThat(runAsProcess1("off")).contains("pid 1\n", "active false\n", "wrong exits 0\n",
				"zombies " + OrphanScenario.ORPHANS + "\n", "reaped 0\n");
	}

	private static void assertThatUnownedZombiesHaveTheirGrace(String output) {
		String[] foreign = output.lines()
			.filter((line) -> line.startsWith("foreign "))
			.findFirst()
			.orElseThrow()
			.split(" ");
		assertThat(Long.parseLong(foreign[1])).as("milliseconds").isBetween(1700L, 20_000L);
		assertThat(foreign[2]).isEqualTo("taken");
		assertThat(output).contains("reaped " + (OrphanScenario.ORPHANS + 1) + "\n");
	}

	private static String runAsProcess1(String mode) throws Exception {
		List<String> unshare = unshare();
		assumeTrue(!unshare.isEmpty(), "A PID namespace cannot be made here: unshare is missing or not permitted");
		return run(unshare, mode);
	}

	private static List<String> unshare() throws Exception {
		for (String user : List.of("--fork", "--map-root-user")) {
			List<String> unshare = List.of("unshare", user, "--pid", "--mount-proc", "--kill-child");
			if (works(unshare)) {
				return unshare;
			}
		}
		return List.of();
	}

	private static boolean works(List<String> unshare) throws InterruptedException {
		try {
			return ChildJvm.run(Stream.concat(unshare.stream(), Stream.of("true")).toList()).exitCode() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static String run(List<String> prefix, String mode) throws Exception {
		List<String> command = new ArrayList<>(prefix);
		command.addAll(ChildJvm.command(OrphanScenario.class, ChildJvm.CLASS_PATH));
		command.addAll(List.of("--eventloop.reap-orphans=" + mode, "--eventloop.watcher=pidfd",
				"--logging.level.io.eventloop.watcher.OrphanSweep=debug", "--spring.main.banner-mode=off"));
		ChildJvm jvm = ChildJvm.run(command);
		System.out.println(jvm.output());
		assertThat(jvm.exitCode()).as(jvm.output()).isZero();
		return jvm.output();
	}

}
