package io.eventloop.samples.custompolicy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.EventLoops;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest
@Timeout(60)
class CustomPolicyTests {

	@Autowired
	EventLoopPolicy policy;

	@Autowired
	ChildWatcher watcher;

	@Autowired
	EventLoop loop;

	@Test
	@DisplayName("N15 A policy bean takes the place of the auto-configured one")
	void theBeanIsTheInstalledPolicy() {
		assertThat(this.policy).isInstanceOf(MyEventLoopPolicy.class).isSameAs(EventLoops.getEventLoopPolicy());
		assertThat(this.policy.getChildWatcher()).isSameAs(this.watcher);
	}

	@Test
	void everyThreadHasTheSameLoop() {
		assertThat(EventLoops.getEventLoop()).isSameAs(this.loop);
		assertThat(this.loop.runInExecutor(null, EventLoops::getEventLoop).join()).isSameAs(this.loop);
	}

	@Test
	void thePolicyIsAsked() {
		int before = ((MyEventLoopPolicy) this.policy).timesAsked();
		EventLoops.getEventLoop();
		assertThat(((MyEventLoopPolicy) this.policy).timesAsked()).isEqualTo(before + 1);
	}

	@Test
	@DisplayName("N64 The program tells what it does, and ends by itself")
	void endsByItself() throws IOException, InterruptedException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), CustomPolicyApplication.class.getName())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), UTF_8);
		assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(output).isZero();
		assertThat(output).contains("Thread 'main' asked the policy for its loop and got SelectorEventLoop[running]")
			.containsPattern("uname exited with 0 and printed: \\w+")
			.contains("The policy was asked 1 times");
	}

}
