package io.eventloop.selector;

import java.util.Optional;

import io.eventloop.posix.PosixPlatform;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SelectorChoiceTests {

	private static final String ACCESS = "; the C library is called through " + PosixPlatform.nativeAccess();

	@Test
	@DisplayName("auto takes epoll where there is one, and says why")
	void epollWhereItCan() {
		assertChoice(SelectorChoice.choose(Optional.empty()), "epoll", EpollSelector.class,
				"Chose the epoll selector because epoll can be opened here, and its cost depends on ready descriptors only"
						+ ACCESS);
	}

	@Test
	@DisplayName("auto takes poll where there is no epoll, and says why")
	void pollElsewhere() {
		assertChoice(SelectorChoice.choose(Optional.of("no epoll can be opened (ENOSYS)")), "poll", PollSelector.class,
				"Chose the poll selector because no epoll can be opened (ENOSYS)" + ACCESS);
	}

	@Test
	@DisplayName("auto checks this system")
	void looksAtThisSystem() {
		assertThat(SelectorChoice.auto().name()).isEqualTo("epoll");
	}

	private static void assertChoice(SelectorChoice choice, String name, Class<?> type, String reason) {
		assertThat(choice.name()).isEqualTo(name);
		assertThat(choice.reason()).isEqualTo(reason);
		try (Selector selector = choice.factory().get()) {
			assertThat(selector).isInstanceOf(type);
		}
	}

}
