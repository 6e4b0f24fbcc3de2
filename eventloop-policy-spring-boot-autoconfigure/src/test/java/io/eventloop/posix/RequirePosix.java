package io.eventloop.posix;

import io.eventloop.UnsupportedPlatformException;

/**
 * Run in a JVM of its own: asks twice, says what it was told.
 */
final class RequirePosix {

	private RequirePosix() {
	}

	public static void main(String[] arguments) {
		for (int i = 0; i < 2; i++) {
			try {
				PosixPlatform.require();
				System.out.println("fine, signals: " + PosixPlatform.signalsProblem().orElse("fine"));
			}
			catch (UnsupportedPlatformException ex) {
				System.out.println(ex.getMessage());
				System.out.println("-> " + ex.action());
			}
		}
	}

}
