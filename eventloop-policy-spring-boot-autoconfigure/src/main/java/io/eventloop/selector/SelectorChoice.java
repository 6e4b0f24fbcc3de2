package io.eventloop.selector;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import io.eventloop.UnsupportedPlatformException;
import io.eventloop.posix.PosixPlatform;

/**
 * The kind of selector that was chosen, and why.
 *
 * @param name its name, as in {@code eventloop.selector}
 * @param reason the reason, a sentence for the log
 * @param factory creates one for each loop
 * @since 0.1.0
 */
public record SelectorChoice(String name, String reason, Supplier<? extends Selector> factory) {

	private static final String CONFIGURED = "It is configured by eventloop.selector";

	public SelectorChoice {
		Objects.requireNonNull(name, "'name' must not be null");
		Objects.requireNonNull(reason, "'reason' must not be null");
		Objects.requireNonNull(factory, "'factory' must not be null");
	}

	/**
	 * Choose {@link EpollSelector} if epoll is available, otherwise {@link PollSelector};
	 * never {@link NioSelector}, which does not support subprocesses.
	 * @return the choice
	 * @throws UnsupportedPlatformException if native code cannot be loaded here
	 */
	public static SelectorChoice auto() {
		return choose(PosixPlatform.epollProblem());
	}

	/**
	 * Choose {@link EpollSelector}.
	 * @return the choice
	 * @throws UnsupportedPlatformException if this system has no epoll
	 */
	public static SelectorChoice epoll() {
		PosixPlatform.epollProblem().ifPresent((problem) -> {
			throw new UnsupportedPlatformException("The epoll selector does not work here: " + problem,
					"choose eventloop.selector=auto or poll");
		});
		return new SelectorChoice("epoll", withAccess(CONFIGURED), EpollSelector::new);
	}

	/**
	 * Choose {@link PollSelector}.
	 * @return the choice
	 * @throws UnsupportedPlatformException if native code cannot be loaded here
	 */
	public static SelectorChoice poll() {
		PosixPlatform.require();
		return new SelectorChoice("poll", withAccess(CONFIGURED), PollSelector::new);
	}

	/**
	 * Choose {@link NioSelector}.
	 * @return the choice
	 */
	public static SelectorChoice nio() {
		return new SelectorChoice("nio", CONFIGURED, NioSelector::new);
	}

	static SelectorChoice choose(Optional<String> epollProblem) {
		return epollProblem
			.map((problem) -> new SelectorChoice("poll", withAccess("Chose the poll selector because " + problem),
					PollSelector::new))
			.orElseGet(() -> new SelectorChoice("epoll", withAccess(
					"Chose the epoll selector because epoll can be opened here, and its cost depends on ready descriptors only"),
					EpollSelector::new));
	}

	private static String withAccess(String reason) {
		return reason + "; the C library is called through " + PosixPlatform.nativeAccess();
	}

}
