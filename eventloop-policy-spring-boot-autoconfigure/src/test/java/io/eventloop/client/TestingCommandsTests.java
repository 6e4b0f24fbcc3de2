package io.eventloop.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import io.eventloop.client.test.NoChildLeaks;
import io.eventloop.client.test.ScriptedSubprocessClient;
import io.eventloop.client.test.SteppedEventLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The recipes for tests of {@code docs/running-commands.md}, which has these lines.
 */
@Timeout(60)
class TestingCommandsTests {

	@Test
	void answersAreScripted() {
		try (ScriptedSubprocessClient client = new ScriptedSubprocessClient()) {
			client.when("git", "rev-parse", "HEAD").prints("4f2e91c");
			client.when("git", "push").printsError("rejected").exits(1);
			new Releases(client).publish();
			client.verify("git", "rev-parse", "HEAD");
			client.verify("git", "push");
			client.verifyNothingElse();
		}
	}

	@Test
	void timeIsHeld() {
		try (ScriptedSubprocessClient client = new ScriptedSubprocessClient()) {
			client.holdTime();
			client.when("ffprobe").takes(ofSeconds(90)).prints("{}");
			CompletableFuture<SubprocessResult> probe = client.exec("ffprobe").timeout(ofMinutes(1)).runAsync();
			client.advance(ofMinutes(1));
			assertThat(probe).isCompletedExceptionally();
		}
	}

	@Test
	void aLoopIsDriven() {
		AtomicBoolean expired = new AtomicBoolean();
		Runnable expiry = () -> expired.set(true);
		SteppedEventLoop loop = new SteppedEventLoop();
		loop.callLater(ofHours(1), expiry);
		loop.advance(ofHours(1));
		assertThat(expired).isTrue();
		loop.close();
	}

	@Test
	@NoChildLeaks
	void leavesNothing() {
		try (ScriptedSubprocessClient client = new ScriptedSubprocessClient()) {
			client.when("make");
			client.exec("make").run();
		}
	}

	/**
	 * Code that runs commands.
	 */
	private record Releases(SubprocessClient client) {

		void publish() {
			this.client.exec("git", "rev-parse", "HEAD").run();
			this.client.exec("git", "push").successCodes(0, 1).run();
		}

	}

}
