package com.example;

import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.policy.DefaultEventLoopPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Outside the library's packages, as its users are.
 */
@Timeout(30)
@ExtendWith(OutputCaptureExtension.class)
class CallerOfTheLibraryTests {

	@AfterEach
	void restorePolicy() {
		EventLoops.setEventLoopPolicy(null);
	}

	@Test
	@DisplayName("S8 the notice of a loop made on demand names the nearest caller outside the library")
	void noticeNamesTheCaller(CapturedOutput output) {
		EventLoops.setEventLoopPolicy(new DefaultEventLoopPolicy(Thread.currentThread()));
		try (EventLoop loop = EventLoops.getEventLoop()) {
			assertThat(loop.isRunning()).isFalse();
		}
		assertThat(output).contains("WARN")
			.containsPattern("There is no current event loop in thread '.*': creating one for "
					+ "com\\.example\\.CallerOfTheLibraryTests\\.noticeNamesTheCaller\\(CallerOfTheLibraryTests\\.java:\\d+\\)");
	}

	@Test
	@DisplayName("S8 a subclass of the policy is such a caller")
	void noticeNamesTheSubclass(CapturedOutput output) {
		try (EventLoop loop = new OwnPolicy().getEventLoop()) {
			assertThat(loop.isRunning()).isFalse();
		}
		assertThat(output).contains("com.example.CallerOfTheLibraryTests$OwnPolicy.getEventLoop(");
	}

	private static final class OwnPolicy extends DefaultEventLoopPolicy {

		OwnPolicy() {
			super(Thread.currentThread());
		}

		@Override
		public EventLoop getEventLoop() {
			return super.getEventLoop();
		}

	}

}
