package io.eventloop.containment;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
@ExtendWith(OutputCaptureExtension.class)
class LeftTreesTests {

	@Test
	@DisplayName("A kill that takes too long, and one that fails, are told with their reasons; one that is done is not")
	void tellsWhy(CapturedOutput output) {
		LeftTrees.await(CompletableFuture.completedFuture(null), Duration.ofMillis(10));
		assertThat(output).doesNotContain("left behind");
		LeftTrees.await(new CompletableFuture<>(), Duration.ofMillis(10));
		assertThat(output).contains("was not all killed within 10 ms");
		LeftTrees.await(CompletableFuture.failedFuture(new IllegalStateException("on purpose")), Duration.ofMillis(10));
		assertThat(output).contains("is left running: java.lang.IllegalStateException: on purpose")
			.doesNotContain("running: null");
	}

	@Test
	@DisplayName("An interrupted thread waits all the same, and is interrupted afterwards")
	void interruptDoesNotEndTheWait(CapturedOutput output) {
		Thread.currentThread().interrupt();
		LeftTrees.await(new CompletableFuture<>(), Duration.ofMillis(10));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(output).contains("was not all killed within 10 ms");
	}

}
