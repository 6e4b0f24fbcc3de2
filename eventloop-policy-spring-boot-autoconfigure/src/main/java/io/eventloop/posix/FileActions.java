package io.eventloop.posix;

/**
 * What a child does with its descriptors, and where it goes, before it executes its
 * program. The memory is this object's; what the C library keeps beside it lasts from
 * {@link #init} to {@link #destroy}.
 *
 * @see <a href=
 * "https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
 */
final class FileActions {

	/**
	 * glibc's take 80 bytes.
	 */
	private static final int SIZE = 128;

	private final NativeBlock actions = new NativeBlock(SIZE);

	/**
	 * Begin with none: 0, or an error number.
	 */
	int init() {
		return LibC.C.posix_spawn_file_actions_init(address());
	}

	/**
	 * Add those of a child that inherits streams and directory: 0, or an error number.
	 */
	int add(DescriptorGuard guard) {
		return guard.addTo(address());
	}

	/**
	 * Add those of this child.
	 * @param directory the address of the name of the directory it starts in, or 0
	 * @return 0, or an error number
	 */
	int add(SpawnRequest request, long directory, DescriptorGuard guard) {
		int error = StandardStreams.addTo(address(), request);
		if (error == 0 && directory != 0) {
			error = LibC.C.posix_spawn_file_actions_addchdir_np(address(), directory);
		}
		return (error != 0) ? error : add(guard);
	}

	void destroy() {
		LibC.C.posix_spawn_file_actions_destroy(address());
	}

	long address() {
		return this.actions.address();
	}

}
