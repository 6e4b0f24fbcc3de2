package io.eventloop.client;

import java.util.ArrayList;
import java.util.List;

import io.eventloop.posix.ChildJvm;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * More output than the heap has room for, and a subscriber that is slow.
 */
@Timeout(300)
class GibibyteIT {

	@ParameterizedTest
	@ValueSource(strings = { "lines", "bytes" })
	void goesThroughASmallHeap(String items) throws Exception {
		List<String> command = new ArrayList<>(
				ChildJvm.command(Gibibyte.class, ChildJvm.CLASS_PATH, "-Xmx64m", "-XX:+ExitOnOutOfMemoryError"));
		command.add(items);
		ChildJvm jvm = ChildJvm.run(command);
		assertThat(jvm.exitCode()).as(jvm.output()).isZero();
		assertThat(jvm.output()).contains(items + ": 1073741824 in ");
		System.out.println(jvm.output().lines().reduce((first, last) -> last).orElseThrow());
	}

}
