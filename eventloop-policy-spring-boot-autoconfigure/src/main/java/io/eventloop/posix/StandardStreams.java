package io.eventloop.posix;

/**
 * Puts a child's standard streams in place by file actions. A source that is itself 0, 1
 * or 2 would be overwritten before it is used, as when stdout and stderr change places,
 * so it is first copied to a number above.
 */
final class StandardStreams {

	private static final int COUNT = 3;

	private StandardStreams() {
	}

	static boolean areInherited(SpawnRequest request) {
		return request.stdin() == 0 && request.stdout() == 1 && request.stderr() == 2;
	}

	/**
	 * Add the actions: 0, or an error number.
	 */
	static int addTo(long actions, SpawnRequest request) {
		int[] sources = { request.stdin(), request.stdout(), request.stderr() };
		int[] copies = new int[COUNT];
		int error = 0;
		for (int i = 0; i < COUNT && error == 0; i++) {
			if (sources[i] < COUNT && sources[i] != i) {
				copies[i] = unused(sources);
				error = LibC.C.posix_spawn_file_actions_adddup2(actions, sources[i], copies[i]);
				sources[i] = copies[i];
			}
		}
		for (int i = 0; i < COUNT && error == 0; i++) {
			if (sources[i] != i) {
				error = LibC.C.posix_spawn_file_actions_adddup2(actions, sources[i], i);
			}
		}
		for (int i = 0; i < COUNT && error == 0; i++) {
			if (copies[i] != 0) {
				error = LibC.C.posix_spawn_file_actions_addclose(actions, copies[i]);
			}
		}
		return error;
	}

	private static int unused(int[] sources) {
		int candidate = COUNT;
		while (candidate == sources[0] || candidate == sources[1] || candidate == sources[2]) {
			candidate++;
		}
		return candidate;
	}

}
