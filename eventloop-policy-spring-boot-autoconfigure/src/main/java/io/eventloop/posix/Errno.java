package io.eventloop.posix;

import java.util.Map;

/**
 * The error numbers of Linux that matter here, the same on x86-64 and aarch64, in words.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/errno.3.html">errno(3)</a>
 */
final class Errno {

	static final int EPERM = 1;

	static final int ENOENT = 2;

	static final int ESRCH = 3;

	static final int EINTR = 4;

	static final int E2BIG = 7;

	static final int ENOEXEC = 8;

	static final int EBADF = 9;

	static final int ECHILD = 10;

	static final int EAGAIN = 11;

	static final int ENOMEM = 12;

	static final int EACCES = 13;

	static final int EEXIST = 17;

	static final int ENOTDIR = 20;

	static final int EISDIR = 21;

	static final int EINVAL = 22;

	static final int ENFILE = 23;

	static final int EMFILE = 24;

	static final int ETXTBSY = 26;

	static final int ENOSPC = 28;

	static final int EPIPE = 32;

	static final int ENAMETOOLONG = 36;

	static final int ENOSYS = 38;

	static final int ELOOP = 40;

	private static final Map<Integer, String> DESCRIPTIONS = Map.ofEntries(
			Map.entry(EPERM, "EPERM: operation not permitted"), Map.entry(ENOENT, "ENOENT: no such file or directory"),
			Map.entry(ESRCH, "ESRCH: no such process"), Map.entry(EINTR, "EINTR: interrupted system call"),
			Map.entry(5, "EIO: input/output error"), Map.entry(6, "ENXIO: no such device or address"),
			Map.entry(E2BIG, "E2BIG: argument list too long"), Map.entry(ENOEXEC, "ENOEXEC: exec format error"),
			Map.entry(EBADF, "EBADF: bad file descriptor"), Map.entry(ECHILD, "ECHILD: no child processes"),
			Map.entry(EAGAIN, "EAGAIN: resource temporarily unavailable"),
			Map.entry(ENOMEM, "ENOMEM: cannot allocate memory"), Map.entry(EACCES, "EACCES: permission denied"),
			Map.entry(14, "EFAULT: bad address"), Map.entry(EEXIST, "EEXIST: exists already"),
			Map.entry(19, "ENODEV: no such device"), Map.entry(ENOTDIR, "ENOTDIR: not a directory"),
			Map.entry(EISDIR, "EISDIR: is a directory"), Map.entry(EINVAL, "EINVAL: invalid argument"),
			Map.entry(ENFILE, "ENFILE: too many open files in system"),
			Map.entry(EMFILE, "EMFILE: too many open files"), Map.entry(ETXTBSY, "ETXTBSY: text file busy"),
			Map.entry(27, "EFBIG: file too large"), Map.entry(ENOSPC, "ENOSPC: no space left"),
			Map.entry(30, "EROFS: read-only file system"), Map.entry(EPIPE, "EPIPE: broken pipe"),
			Map.entry(ENAMETOOLONG, "ENAMETOOLONG: file name too long"),
			Map.entry(ENOSYS, "ENOSYS: function not implemented"),
			Map.entry(ELOOP, "ELOOP: too many levels of symbolic links"),
			Map.entry(104, "ECONNRESET: connection reset by peer"), Map.entry(116, "ESTALE: stale file handle"),
			Map.entry(122, "EDQUOT: disk quota exceeded"));

	private Errno() {
	}

	/**
	 * Such as {@code EMFILE: too many open files}.
	 */
	static String describe(int errno) {
		return DESCRIPTIONS.getOrDefault(errno, "errno " + errno);
	}

	/**
	 * What to do about an error of a call that needs no privilege: only a seccomp profile
	 * refuses it.
	 */
	static String advice(int errno, String systemCall) {
		return (errno == EPERM || errno == ENOSYS)
				? "allow %s in the seccomp profile of the container or the service".formatted(systemCall)
				: advice(errno);
	}

	/**
	 * What to do about an error that has the same remedy wherever it occurs, else an
	 * empty text.
	 */
	static String advice(int errno) {
		return switch (errno) {
			case EMFILE -> "raise the limit on open files (ulimit -n, LimitNOFILE) or close some";
			case ENFILE -> "the whole machine is out of open files: raise fs.file-max or close some";
			case ENOMEM -> "free memory or raise the limit of the container";
			default -> "";
		};
	}

}
