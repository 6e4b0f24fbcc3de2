package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

import io.eventloop.ExitStatus;
import io.eventloop.ResourceUsage;
import io.eventloop.client.RunOutcome;
import io.eventloop.client.RunReport;
import io.eventloop.client.RunRequest;
import io.eventloop.client.SubprocessClient;
import io.eventloop.metrics.SubprocessMetrics;

import org.springframework.context.ApplicationContext;

/**
 * Gives every meter of commands a value.
 */
final class MeasuredCommands {

	private MeasuredCommands() {
	}

	static void run(ApplicationContext context) {
		context.getBean(SubprocessClient.class).exec("cat").input("four").run();
		reportOneThatIsLargerThanThisProcess(context.getBean(SubprocessMetrics.class));
	}

	/**
	 * The peak of a child's memory is known above that of this process only, which a test
	 * had better not exceed.
	 */
	private static void reportOneThatIsLargerThanThisProcess(SubprocessMetrics metrics) {
		ResourceUsage usage = new ResourceUsage(Duration.ZERO, Duration.ZERO, OptionalLong.of(1L << 34));
		RunReport report = new RunReport(RunOutcome.SUCCEEDED, null, OptionalLong.of(1), new ExitStatus.Exited(0),
				Duration.ZERO, Duration.ZERO, OptionalLong.empty(), OptionalLong.empty(), usage);
		metrics.begin(new RunRequest("huge", "huge", List.of())).ended(report);
	}

}
