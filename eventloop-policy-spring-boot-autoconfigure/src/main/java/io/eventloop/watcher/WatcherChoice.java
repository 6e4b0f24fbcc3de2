package io.eventloop.watcher;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

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
	 * Choose the first that works here: {@link IoUringChildWatcher}, from Linux 6.18 on;
	 * {@link PidfdChildWatcher}; {@link ThreadedChildWatcher}, which can be created
	 * everywhere, even if native code does not work and there are no children to wait
	 * for.
	 * @return the choice
	 */
	public static WatcherChoice auto() {
		try {
			return choose(PosixPlatform.ioUringDoubt(), PosixPlatform::pidfdProblem);
		}
		catch (UnsupportedPlatformException ex) {
			return new WatcherChoice(new ThreadedChildWatcher(),
					"Chose the threaded child watcher because native code does not work here: " + ex.getMessage());
		}
	}

	static WatcherChoice choose(Optional<String> ioUringDoubt, Supplier<Optional<String>> pidfdProblem) {
		if (ioUringDoubt.isEmpty()) {
			return new WatcherChoice(new IoUringChildWatcher(ioUringDoubt),
					"Chose the io-uring child watcher because io_uring can wait for children here, and it needs neither threads nor descriptors for them");
		}
		String notIoUring = "; not io-uring because " + ioUringDoubt.get();
		return pidfdProblem.get()
			.map((problem) -> new WatcherChoice(new ThreadedChildWatcher(),
					"Chose the threaded child watcher because " + problem + notIoUring))
			.orElseGet(() -> new WatcherChoice(new PidfdChildWatcher(Optional.empty()),
					"Chose the pidfd child watcher because pidfds can be opened here, and it needs no threads"
							+ notIoUring));
	}

}
