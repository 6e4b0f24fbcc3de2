package io.eventloop.posix;

import java.util.Arrays;
import java.util.Set;

/**
 * Tells file systems of this machine from those that may not answer: NFS and the like,
 * and FUSE, where the answer comes from another process. From any thread; asking takes as
 * long as the file system does.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/statfs.2.html">statfs(2)</a>
 */
final class FileSystems {

	/**
	 * ext2 to ext4, XFS, Btrfs, tmpfs, ramfs, overlayfs, SquashFS, ZFS, F2FS, EROFS, ISO
	 * 9660, bcachefs, proc: what is not known here counts as distant.
	 */
	private static final Set<Long> LOCAL = Set.of(0xEF53L, 0x5846_5342L, 0x9123_683EL, 0x0102_1994L, 0x8584_58F6L,
			0x794C_7630L, 0x7371_7368L, 0x2FC1_2FC1L, 0xF2F5_2010L, 0xE0F5_E1E2L, 0x9660L, 0xCA45_1A4EL, 0x9FA0L);

	private FileSystems() {
	}

	/**
	 * Whether a file, or where there is none the folder that lacks it, is on a file
	 * system of this machine.
	 */
	static boolean isLocal(byte[] path) {
		byte[] existing = path;
		while (true) {
			NativeBlock result = Scratch.get();
			if (LibC.C.statfs(Scratch.text(existing), result.address()) == 0) {
				return LOCAL.contains(result.getLong(0) & 0xFFFF_FFFFL);
			}
			int errno = LibC.C.errno();
			int slash = lastSlash(existing);
			if ((errno != Errno.ENOENT && errno != Errno.ENOTDIR) || slash < 0 || existing.length == 1) {
				return false;
			}
			existing = Arrays.copyOf(existing, Math.max(slash, 1));
		}
	}

	private static int lastSlash(byte[] path) {
		int slash = path.length - 1;
		while (slash >= 0 && path[slash] != '/') {
			slash--;
		}
		return slash;
	}

}
