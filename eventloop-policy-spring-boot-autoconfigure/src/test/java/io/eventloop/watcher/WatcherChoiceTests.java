package io.eventloop.watcher;

import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WatcherChoiceTests {

	@Test
	@DisplayName("S26 auto takes pidfds where one can be opened")
	void pidfdsWhereOneCanBeOpened() {
		WatcherChoice choice = WatcherChoice.choose(Optional.empty());
		assertThat(choice.watcher()).isInstanceOf(PidfdChildWatcher.class);
		assertThat(choice.reason())
			.isEqualTo("Chose the pidfd child watcher because pidfds can be opened here, and it needs no threads");
	}

	@Test
	@DisplayName("S26 auto takes threads where none can be opened, and says why")
	void threadsElsewhere() {
		WatcherChoice choice = WatcherChoice.choose(Optional.of("pidfd_open is forbidden here (EPERM)"));
		assertThat(choice.watcher()).isInstanceOf(ThreadedChildWatcher.class);
		assertThat(choice.reason())
			.isEqualTo("Chose the threaded child watcher because pidfd_open is forbidden here (EPERM)");
	}

	@Test
	@DisplayName("S26 auto checks this system")
	void looksAtThisSystem() {
		assertThat(WatcherChoice.auto().watcher().isActive()).isTrue();
	}

}
