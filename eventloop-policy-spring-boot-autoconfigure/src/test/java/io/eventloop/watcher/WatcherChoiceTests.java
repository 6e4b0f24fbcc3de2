package io.eventloop.watcher;

import java.util.Optional;

import io.eventloop.testsupport.RequireIoUring;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

class WatcherChoiceTests {

	@Test
	@DisplayName("S26 auto takes io_uring where it can wait for children")
	@ExtendWith(RequireIoUring.class)
	void ioUringWhereItCanWait() {
		WatcherChoice choice = WatcherChoice.choose(Optional.empty(), () -> {
			throw new AssertionError("not to be asked");
		});
		assertThat(choice.watcher()).isInstanceOf(IoUringChildWatcher.class);
		assertThat(choice.reason()).isEqualTo("Chose the io-uring child watcher because io_uring can wait for children "
				+ "here, and it needs neither threads nor descriptors for them");
	}

	@Test
	@DisplayName("S26 auto takes pidfds where one can be opened, and says why not io_uring")
	void pidfdsWhereOneCanBeOpened() {
		WatcherChoice choice = WatcherChoice.choose(Optional.of("io_uring is switched off"), Optional::empty);
		assertThat(choice.watcher()).isInstanceOf(PidfdChildWatcher.class);
		assertThat(choice.reason())
			.isEqualTo("Chose the pidfd child watcher because pidfds can be opened here, and it needs no threads; "
					+ "not io-uring because io_uring is switched off");
	}

	@Test
	@DisplayName("S26 auto takes threads where none can be opened, and says why")
	void threadsElsewhere() {
		WatcherChoice choice = WatcherChoice.choose(Optional.of("io_uring is switched off"),
				() -> Optional.of("pidfd_open is forbidden here (EPERM)"));
		assertThat(choice.watcher()).isInstanceOf(ThreadedChildWatcher.class);
		assertThat(choice.reason())
			.isEqualTo("Chose the threaded child watcher because pidfd_open is forbidden here (EPERM); "
					+ "not io-uring because io_uring is switched off");
	}

	@Test
	@DisplayName("S26 auto checks this system")
	void looksAtThisSystem() {
		assertThat(WatcherChoice.auto().watcher().isActive()).isTrue();
	}

}
