package io.eventloop.policy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class MainThreadTests {

	@Test
	@DisplayName("S7 the main thread is found, renamed or not, and is none once it has ended")
	void isFoundUntilItHasEnded() throws Exception {
		Process jvm = new ProcessBuilder(List.of(ProcessHandle.current().info().command().orElseThrow(), "-cp",
				System.getProperty("java.class.path"), Probe.class.getName()))
			.redirectErrorStream(true)
			.start();
		String output = new String(jvm.getInputStream().readAllBytes());
		assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(output.lines()).containsExactly("in main: true", "in another: true", "after main: true");
	}

	static final class Probe {

		private Probe() {
		}

		public static void main(String[] arguments) throws InterruptedException {
			Thread main = Thread.currentThread();
			CountDownLatch checked = new CountDownLatch(1);
			System.out.println("in main: " + (MainThread.find() == main));
			main.setName("renamed");
			new Thread(() -> {
				System.out.println("in another: " + (MainThread.find() == main));
				checked.countDown();
				Awaitility.await().until(() -> !main.isAlive());
				System.out.println("after main: " + (MainThread.find() == null));
			}, "main").start();
			checked.await();
		}

	}

}
