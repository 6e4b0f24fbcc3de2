package io.eventloop.watcher;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * By which the JDK's children are known.
 */
@Timeout(60)
class JdkChildrenIT {

	@Test
	void theNameOfAThreadTellsThePid() {
		assertThat(JdkChildren.pid("process reaper (pid 4711)")).hasValue(4711L);
	}

	@ParameterizedTest
	@ValueSource(strings = { "process reaper", "process reaper (pid )", "process reaper (pid -1)",
			"process reaper (pid 12345678901)", "my process reaper (pid 4711)", "process reaper (pid 4711) 2", "" })
	void otherNamesTellNone(String name) {
		assertThat(JdkChildren.pid(name)).isEmpty();
	}

	@Test
	void thisJdkNamesItsThreadsSo() throws Exception {
		Process process = new ProcessBuilder("sleep", "600").start();
		try {
			await().untilAsserted(() -> assertThat(JdkChildren.pids()).contains(process.pid()));
		}
		finally {
			process.destroyForcibly().waitFor();
		}
		await().untilAsserted(() -> assertThat(JdkChildren.pids()).doesNotContain(process.pid()));
	}

}
