package io.eventloop.posix;

import io.eventloop.UnsupportedPlatformException;

/**
 * Loads the binding, and calls what an older C library would not have.
 */
final class NativeProbe {

	private NativeProbe() {
	}

	/**
	 * Return if all is there.
	 * @throws LinkageError if the binding cannot be loaded
	 * @throws UnsupportedPlatformException if the C library lacks something
	 */
	static void run() {
		NativeBlock actions = new NativeBlock(512);
		LibC.C.posix_spawn_file_actions_init(actions.address());
		try {
			LibC.C.posix_spawn_file_actions_addchdir_np(actions.address(), Scratch.text("/"));
		}
		catch (UnsatisfiedLinkError ex) {
			throw new UnsupportedPlatformException("This C library lacks posix_spawn_file_actions_addchdir_np",
					"use glibc 2.29 or later", ex);
		}
		finally {
			LibC.C.posix_spawn_file_actions_destroy(actions.address());
		}
		requireWaiting();
		// As it was at the start, before other code changes it
		InheritedStreams.load();
		IgnoredSignals.load();
	}

	/**
	 * Without these two no exit is ever known, and there is no other way to ask.
	 */
	private static void requireWaiting() {
		int refusal = Wait.refusal();
		if (refusal != 0) {
			throw new UnsupportedPlatformException(
					"This process may not wait for its children (%s)".formatted(Errno.describe(refusal)),
					"allow waitid and wait4 in the container's seccomp profile, or " + PosixPlatform.WITHOUT_NATIVE);
		}
	}

}
