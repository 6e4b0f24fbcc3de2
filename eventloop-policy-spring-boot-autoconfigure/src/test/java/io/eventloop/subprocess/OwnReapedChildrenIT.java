package io.eventloop.subprocess;

import java.util.concurrent.CompletionException;

import io.eventloop.EventLoop;
import io.eventloop.SubprocessSpec;
import io.eventloop.loop.SelectorEventLoop;
import io.eventloop.selector.EpollSelector;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the watcher that reaps every child says of those of this library that it reaps
 * before their owner does.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class OwnReapedChildrenIT {

	@RegisterExtension
	private final LoopExtension extension = new LoopExtension(WatcherKind.FAST);

	@Test
	@DisplayName("S169 launches that end with their loop are not warned about")
	void abandonedLaunches(CapturedOutput output) throws Exception {
		for (int i = 0; i < 50; i++) {
			EventLoop loop = new SelectorEventLoop(new EpollSelector());
			for (int child = 0; child < 4; child++) {
				loop.subprocess(SubprocessSpec.exec("sleep", "60"));
			}
			loop.callSoonThreadsafe(loop::stop);
			loop.runForever();
			loop.close();
		}
		assertThat(output).doesNotContain("not registered");
	}

	@Test
	@DisplayName("S201 launches that fail are not warned about")
	void failedLaunches(CapturedOutput output) throws Exception {
		for (int i = 0; i < 300; i++) {
			assertThatExceptionOfType(CompletionException.class)
				.isThrownBy(() -> this.extension.start(SubprocessSpec.exec("/nonesuch")));
		}
		this.extension.start(SubprocessSpec.exec("true")).onExit().join();
		assertThat(output).doesNotContain("not registered");
	}

}
