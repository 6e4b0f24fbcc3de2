package io.eventloop.posix;

import java.lang.ref.Reference;

/**
 * A child's signals and process group. None is blocked, whatever the JVM or its parent
 * had arranged, and every signal has its default disposition again, but for those that
 * this process was started with ignored: who starts a service under nohup(1) means its
 * children too, see {@link IgnoredSignals#OF_CHILDREN}. What is the same for all children
 * is set once; destroying attributes does nothing in glibc and musl, so they live as long
 * as their memory.
 *
 * @see <a href=
 * "https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
 */
final class SpawnAttributes {

	private static final int POSIX_SPAWN_SETPGROUP = 0x02;

	private static final int POSIX_SPAWN_SETSIGDEF = 0x04;

	private static final int POSIX_SPAWN_SETSIGMASK = 0x08;

	private static final int POSIX_SPAWN_SETSID = 0x80;

	/**
	 * glibc's take 336 bytes.
	 */
	private static final int SIZE = 512;

	private static final int SIGNAL_SET_SIZE = 128;

	private final NativeBlock attributes = new NativeBlock(SIZE);

	private int flags;

	/**
	 * Set what is the same for all children.
	 * @throws PosixException if the C library refuses
	 */
	SpawnAttributes() throws PosixException {
		int error = resetSignals();
		if (error != 0) {
			throw new PosixException("Cannot prepare the attributes of children", error);
		}
	}

	private int resetSignals() {
		NativeBlock signals = new NativeBlock(SIGNAL_SET_SIZE);
		try {
			int error = LibC.C.posix_spawnattr_init(address());
			if (error == 0) {
				error = LibC.C.posix_spawnattr_setsigmask(address(), signals.address());
			}
			signals.putLong(0, ~IgnoredSignals.OF_CHILDREN);
			for (int i = Long.BYTES; i < SIGNAL_SET_SIZE; i += Long.BYTES) {
				signals.putLong(i, -1);
			}
			return (error != 0) ? error : LibC.C.posix_spawnattr_setsigdefault(address(), signals.address());
		}
		finally {
			Reference.reachabilityFence(signals);
		}
	}

	/**
	 * Set what this child has of its own: 0, or an error number.
	 */
	int set(SpawnRequest request) {
		int wanted = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
		int error = 0;
		if (request.newSession()) {
			wanted |= POSIX_SPAWN_SETSID;
		}
		else if (request.processGroup().isPresent()) {
			wanted |= POSIX_SPAWN_SETPGROUP;
			error = LibC.C.posix_spawnattr_setpgroup(address(), (int) request.processGroup().getAsLong());
		}
		if (error == 0 && wanted != this.flags) {
			error = LibC.C.posix_spawnattr_setflags(address(), (short) wanted);
			this.flags = (error == 0) ? wanted : 0;
		}
		return error;
	}

	long address() {
		return this.attributes.address();
	}

}
