package io.eventloop.autoconfigure;

import java.util.concurrent.Callable;

import com.example.restart.PlainApplication;
import com.example.restart.RestartedApplication;
import io.eventloop.posix.ChildJvm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that is restarted in its JVM, as DevTools does it, which the build has
 * not.
 */
@Timeout(120)
class RestartIT {

	@Test
	@DisplayName("N46 after a restart the new policy is in force, and the old class loader can be collected")
	void restartedApplicationLeavesNoClassLoader() throws Exception {
		ChildJvm plain = restart(PlainApplication.class);
		ChildJvm restarted = restart(RestartedApplication.class);
		assertThat(restarted.output().lines().filter("ran with own policy"::equals)).as(restarted.output())
			.hasSize(Restarter.TIMES);
		assertThat(loaders(restarted)).as(restarted.output())
			.isLessThanOrEqualTo(loaders(plain))
			.isLessThanOrEqualTo(1);
	}

	private static ChildJvm restart(Class<? extends Callable<String>> application) throws Exception {
		// Spring's caches hold classes softly, and DevTools clears them
		ChildJvm jvm = ChildJvm.run(Restarter.class, "-XX:SoftRefLRUPolicyMSPerMB=0",
				"-Drestarted=" + application.getName());
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
