package io.eventloop.loop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.eventloop.posix.ChildJvm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jcstress.Main;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The <a href="https://github.com/openjdk/jcstress">jcstress</a> tests of what threads
 * share, in JVMs of their own: briefly, or as the profile {@code concurrency} says.
 */
class ConcurrencyIT {

	private static final String BRIEFLY = "-jvmArgs -XX:+UseSerialGC -sc false -f 1 -iters 1 -time 500";

	@Test
	@Timeout(value = 6, unit = TimeUnit.HOURS)
	@DisplayName("S70 nothing posted is lost, doubled, reordered or slept through, and a cancelled callback does not run")
	void nothingForbiddenWasSeen(@TempDir Path directory) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", ChildJvm.CLASS_PATH,
						Main.class.getName(), "-v", "-t", "io.eventloop."));
		command.addAll(List.of(System.getProperty("concurrency.options", BRIEFLY).split(" ")));
		Path output = directory.resolve("output");
		Process process = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		boolean ended = process.waitFor(Long.getLong("concurrency.minutes", 5), TimeUnit.MINUTES);
		process.descendants().forEach(ProcessHandle::destroyForcibly);
		process.destroyForcibly();
		String report = Files.readString(output);
		System.out.println(report);
		assertThat(ended).as("ended in time (a broken queue may run in circles): %s", report).isTrue();
		assertThat(process.waitFor()).as(report).isZero();
		assertThat(report).contains("CancelStress", "GiveUpStress", "GiveUpBufferStress", "PostStress", "PostersStress",
				"TaskCancelStress", "WakeUpStress");
	}

}
