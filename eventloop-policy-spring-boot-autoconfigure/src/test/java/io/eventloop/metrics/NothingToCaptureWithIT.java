package io.eventloop.metrics;

import io.eventloop.posix.ChildJvm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(120)
class NothingToCaptureWithIT {

	@ParameterizedTest
	@ValueSource(strings = { "/context-propagation/", "/io/micrometer/" })
	@DisplayName("S50 N22 without Micrometer's context-propagation no context is captured, and loops run")
	void withoutContextPropagation(String missing) throws Exception {
		ChildJvm jvm = ChildJvm.run(ChildJvm.command(NothingToCaptureWith.class, ChildJvm.classPathWithout(missing)));
		assertThat(jvm.output()).contains("capture: null, context: null", "ran");
		assertThat(jvm.exitCode()).isZero();
	}

	@Test
	@DisplayName("S50 with it there is")
	void withContextPropagation() throws Exception {
		ChildJvm jvm = ChildJvm.run(NothingToCaptureWith.class);
		assertThat(jvm.output()).contains("capture: io.eventloop.metrics.ThreadLocalCapture").doesNotContain("null");
	}

}
