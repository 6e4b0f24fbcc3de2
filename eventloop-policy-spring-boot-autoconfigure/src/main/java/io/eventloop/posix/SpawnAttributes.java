package io.eventloop.posix;

/**
 * A child's signals and process group. Every signal has its default disposition again and
 * none is blocked, whatever the JVM or its parent had arranged.
 *
 * @see <a href=
 * "https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
 */
final class SpawnAttributes {

	private static final int POSIX_SPAWN_SETPGROUP = 0x02;

	private static final int POSIX_SPAWN_SETSIGDEF = 0x04;

	private static final int POSIX_SPAWN_SETSIGMASK = 0x08;

	private static final int POSIX_SPAWN_SETSID = 0x80;

	private SpawnAttributes() {
	}

	/**
	 * Set them: 0, or an error number.
	 */
	static int set(long attributes, SpawnRequest request, long allSignals, long noSignals) {
		int flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
		int error = LibC.C.posix_spawnattr_setsigdefault(attributes, allSignals);
		if (error == 0) {
			error = LibC.C.posix_spawnattr_setsigmask(attributes, noSignals);
		}
		if (request.newSession()) {
			flags |= POSIX_SPAWN_SETSID;
		}
		else if (error == 0 && request.processGroup().isPresent()) {
			flags |= POSIX_SPAWN_SETPGROUP;
			error = LibC.C.posix_spawnattr_setpgroup(attributes, (int) request.processGroup().getAsLong());
		}
		return (error != 0) ? error : LibC.C.posix_spawnattr_setflags(attributes, (short) flags);
	}

}
