package io.eventloop.watcher;

import java.util.Objects;
import java.util.Optional;

import io.eventloop.ChildWatcher;
import io.eventloop.UnsupportedPlatformException;
import io.eventloop.posix.PosixPlatform;

/**
 * The child watcher that was chosen, and why.
 *
 * @param watcher a new watcher
 * @param reason the reason, a sentence for the log
 * @since 0.1.0
 */
public record WatcherChoice(ChildWatcher watcher, String reason) {

	public WatcherChoice {
		Objects.requireNonNull(watcher, "'watcher' must not be null");
		Objects.requireNonNull(reason, "'reason' must not be null");
	}

	/**
	 * Choose {@link PidfdChildWatcher} if a pidfd can be opened, otherwise
	 * {@link ThreadedChildWatcher}, which can be created everywhere, even if native code
	 * does not work and there are no children to wait for.
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
