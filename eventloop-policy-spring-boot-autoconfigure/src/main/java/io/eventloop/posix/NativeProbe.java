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
			FileStatus.ofPath("/");
		}
		catch (UnsatisfiedLinkError ex) {
			throw new UnsupportedPlatformException("This C library lacks posix_spawn_file_actions_addchdir_np or statx",
					"use glibc 2.29 or later", ex);
		}
		finally {
			LibC.C.posix_spawn_file_actions_destroy(actions.address());
		}
	}

}
