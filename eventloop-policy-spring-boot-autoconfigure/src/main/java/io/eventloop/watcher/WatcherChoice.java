package io.eventloop.watcher;

import java.util.Objects;
import java.util.Optional;

import io.eventloop.ChildWatcher;
import io.eventloop.UnsupportedPlatformException;
import io.eventloop.posix.PosixPlatform;

/**
 * The watcher that suits this system, and why it does.
 *
 * @param watcher a new watcher
 * @param reason why this one, a sentence for the log
 * @since 0.1.0
 */
public record WatcherChoice(ChildWatcher watcher, String reason) {

	public WatcherChoice {
		Objects.requireNonNull(watcher, "'watcher' must not be null");
		Objects.requireNonNull(reason, "'reason' must not be null");
	}

	/**
	 * Choose {@link PidfdChildWatcher} where a pidfd can be opened, else
	 * {@link ThreadedChildWatcher}, which works everywhere; also where native code does
	 * not, and there are no children to wait for.
	 * @return the choice
	 */
	public static WatcherChoice auto() {
		try {
			return choose(PosixPlatform.pidfdProblem());
		}
		catch (UnsupportedPlatformException ex) {
			return choose(Optional.of("native code does not work here: " + ex.getMessage()));
		}
	}

	static WatcherChoice choose(Optional<String> pidfdProblem) {
		return pidfdProblem
			.map((problem) -> new WatcherChoice(new ThreadedChildWatcher(),
					"Chose the threaded child watcher because " + problem))
			.orElseGet(() -> new WatcherChoice(new PidfdChildWatcher(pidfdProblem),
					"Chose the pidfd child watcher because pidfds can be opened here, and it needs no threads"));
	}

}
