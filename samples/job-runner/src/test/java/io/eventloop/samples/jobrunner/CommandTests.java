package io.eventloop.samples.jobrunner;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CommandTests {

	@Test
	void doesNotPutItsArgumentsIntoLogs() {
		Command command = new Command("send", "Send it", true, List.of("curl", "--user", "me:secret"));
		assertThat(command).hasToString("Command[send]");
	}

}
