package io.eventloop.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.example.war.PlainWar;
import com.example.war.StarterWar;
import io.eventloop.posix.ChildJvm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A WAR that is deployed again and again in one Tomcat: three times, or with
 * {@code -Dwar.times=10} ten times.
 */
@Timeout(240)
class WarRedeployIT {

	private static final int TIMES = Integer.getInteger("war.times", 3);

	@TempDir
	private Path folder;

	@Test
	@DisplayName("N36 a WAR that is redeployed leaves as many class loaders as one without the starter, and no guardian")
	void redeployedWarLeavesNoClassLoader() throws Exception {
		ChildJvm plain = redeploy(ExplodedWar.in(this.folder.resolve("plain"), PlainWar.class, false));
		ChildJvm starter = redeploy(ExplodedWar.in(this.folder.resolve("starter"), StarterWar.class, true));
		assertThat(starter.output().lines().filter("answered donetrue"::equals)).as(starter.output()).hasSize(TIMES);
		assertThat(starter.output().lines().filter("deployed: guardians 1"::equals)).as("the guardian of each")
			.hasSize(TIMES);
		assertThat(starter.output().lines().filter("undeployed: processes 0"::equals)).hasSize(TIMES);
		assertThat(loaders(starter)).as(starter.output()).isLessThanOrEqualTo(loaders(plain)).isLessThanOrEqualTo(1);
		assertThat(starter.output().lines()).as("said by Tomcat about what is left")
			.noneMatch((line) -> line.contains("a ThreadLocal") && line.contains("io.eventloop"))
			// A thread that has waited for a child waits for another for 100 ms, and ends
			.noneMatch((line) -> line.contains("failed to stop") && line.contains("eventloop-")
					&& !line.contains("eventloop-waitpid"));
	}

	private ChildJvm redeploy(Path war) throws Exception {
		Path base = Files.createDirectories(this.folder.resolve("tomcat-" + war.getFileName()));
		List<String> command = new ArrayList<>(ChildJvm.command(RedeployingTomcat.class,
				ExplodedWar.classPathOfTomcat(this.folder.resolve("main-" + war.getFileName()),
						RedeployingTomcat.class),
				// As Tomcat's scripts have it, for the search for leaks
				"--add-opens=java.base/java.lang=ALL-UNNAMED"));
		command.addAll(List.of(base.toString(), war.toString(), String.valueOf(TIMES)));
		ChildJvm jvm = ChildJvm.run(command);
		assertThat(jvm.exitCode()).as(jvm.output()).isZero();
		return jvm;
	}

	private static int loaders(ChildJvm jvm) {
		return jvm.output()
			.lines()
			.filter((line) -> line.startsWith("loaders "))
			.mapToInt((line) -> Integer.parseInt(line.substring("loaders ".length())))
			.findFirst()
			.orElseThrow();
	}

}
