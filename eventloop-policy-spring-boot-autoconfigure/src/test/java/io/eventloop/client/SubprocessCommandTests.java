package io.eventloop.client;

import java.time.Duration;
import java.util.function.Supplier;

import io.eventloop.Signal;
import io.eventloop.Teardown;
import io.eventloop.client.test.ScriptedSubprocessClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Settings that make no sense are refused where they are made.
 */
class SubprocessCommandTests {

	private final ScriptedSubprocessClient client = new ScriptedSubprocessClient();

	private final SubprocessCommand command = this.client.exec("program");

	@AfterEach
	void close() {
		this.client.close();
	}

	@Test
	void limitsThatLetNothingThroughAreRefused() {
		refused(() -> this.command.maxOutput(0), "A limit of 0 bytes of output");
		refused(() -> this.command.maxLine(0), "A limit of 0 characters");
		refused(() -> this.command.limit(0), "A limit of 0 commands");
		refused(() -> this.command.limit(-1), "A limit of -1 commands");
		refused(() -> this.command.keepHeadAndTail(0, 0), "A head of 0 bytes and a tail of 0");
		refused(() -> this.command.keepHeadAndTail(-1, 5), "A head of -1 bytes");
		refused(() -> this.command.keepHeadAndTail(Long.MAX_VALUE, 1), "are together more than");
		refused(this.command::successCodes, "No exit code is success");
	}

	@Test
	void timesThatAreNoneAreRefused() {
		refused(() -> this.command.timeout(Duration.ZERO), "A timeout of PT0S");
		refused(() -> this.command.timeout(Duration.ofSeconds(-1)), "A timeout of PT-1S");
		refused(() -> this.command.drainTimeout(Duration.ofSeconds(-1)), "A drain timeout of PT-1S is negative");
	}

	@Test
	void aTeardownWithoutAnEndIsRefused() {
		refused(() -> this.command.teardown(Teardown.signal(Signal.SIGTERM, Duration.ofSeconds(1))),
				"The teardown 'SIGTERM 1s' has no end, as a child may survive its last step; add thenKill()");
	}

	@Test
	void everyChangeIsANewCommand() {
		SubprocessCommand changed = this.command.arguments("more").timeout(Duration.ofSeconds(1));
		this.client.when("program", "more").prints("changed");
		this.client.when("program").prints("unchanged");
		assertThat(this.command.line()).isEqualTo("unchanged");
		assertThat(changed).isNotSameAs(this.command);
	}

	private static void refused(Supplier<SubprocessCommand> change, String message) {
		assertThatIllegalArgumentException().isThrownBy(change::get).withMessageContaining(message);
	}

}
