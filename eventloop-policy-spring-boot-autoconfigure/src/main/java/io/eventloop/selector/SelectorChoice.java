package io.eventloop.selector;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import io.eventloop.UnsupportedPlatformException;
import io.eventloop.posix.PosixPlatform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kind of selector that suits this system, and why it does.
 *
 * @param name what the property {@code eventloop.selector} calls it
 * @param reason why this one, a sentence for the log
 * @param factory makes one for each loop
 * @since 0.1.0
 */
public record SelectorChoice(String name, String reason, Supplier<? extends Selector> factory) {

	private static final Logger logger = LoggerFactory.getLogger(SelectorChoice.class);

	private static final String CONFIGURED = "It is what eventloop.selector says";

	public SelectorChoice {
		Objects.requireNonNull(name, "'name' must not be null");
		Objects.requireNonNull(reason, "'reason' must not be null");
		Objects.requireNonNull(factory, "'factory' must not be null");
	}

	/**
	 * Choose {@link EpollSelector} where there is epoll, else {@link PollSelector}, and
	 * where native code cannot be loaded {@link NioSelector}, which works everywhere.
	 * @return the choice
	 */
	public static SelectorChoice auto() {
		try {
			return choose(PosixPlatform.epollProblem());
		}
		catch (UnsupportedPlatformException ex) {
			SelectorChoice choice = withoutNative(ex);
			logger.warn(choice.reason());
			return choice;
		}
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
		return new SelectorChoice("epoll", CONFIGURED, EpollSelector::new);
	}

	/**
	 * Choose {@link PollSelector}.
	 * @return the choice
	 * @throws UnsupportedPlatformException if native code cannot be loaded here
	 */
	public static SelectorChoice poll() {
		PosixPlatform.require();
		return new SelectorChoice("poll", CONFIGURED, PollSelector::new);
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
			.map((problem) -> new SelectorChoice("poll", "Chose the poll selector because " + problem,
					PollSelector::new))
			.orElseGet(() -> new SelectorChoice("epoll",
					"Chose the epoll selector because epoll can be opened here, and costs what is ready alone",
					EpollSelector::new));
	}

	static SelectorChoice withoutNative(UnsupportedPlatformException problem) {
		return new SelectorChoice("nio",
				"Chose the nio selector, without subprocesses and raw descriptors, because native code does not work here: %s; %s"
					.formatted(problem.getMessage(), problem.action()),
				NioSelector::new);
	}

}
