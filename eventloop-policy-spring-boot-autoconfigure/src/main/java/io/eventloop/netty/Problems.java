package io.eventloop.netty;

import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Why a transport cannot be used, in a sentence.
 */
final class Problems {

	private Problems() {
	}

	/**
	 * Ask a transport, of which not even the classes may be there.
	 * @param artifact what has its classes
	 * @param cause returns why it does not work, or {@code null} if it does
	 */
	static Optional<String> find(String artifact, Supplier<@Nullable Throwable> cause) {
		try {
			return Optional.ofNullable(cause.get()).map(Problems::describe);
		}
		catch (NoClassDefFoundError ex) {
			return Optional.of("%s is not on the class path; add it, and its native jar".formatted(artifact));
		}
	}

	private static String describe(Throwable cause) {
		Throwable root = cause;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return (root.getMessage() != null) ? root.getMessage() : root.toString();
	}

}
