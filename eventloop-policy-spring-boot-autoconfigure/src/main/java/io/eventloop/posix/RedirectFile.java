package io.eventloop.posix;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Opens the file that a child's standard stream comes from or goes to. The descriptor is
 * at least 3, closes on exec and is the caller's to close. From any thread; opening a
 * named pipe waits for the other side, as everywhere.
 *
 * @since 0.1.0
 * @see <a href="https://man7.org/linux/man-pages/man2/open.2.html">open(2)</a>
 */
public final class RedirectFile {

	private static final int O_RDONLY = 0;

	private static final int O_WRONLY = 1;

	private static final int O_RDWR = 2;

	private static final int O_CREAT = 0x40;

	private static final int O_TRUNC = 0x200;

	private static final int O_APPEND = 0x400;

	private static final int O_CLOEXEC = 0x80000;

	private static final int PERMISSIONS = 0666;

	private RedirectFile() {
	}

	/**
	 * Open a file that exists, to read it.
	 * @param file the file
	 * @return its descriptor
	 * @throws IOException naming the file: {@link NoSuchFileException},
	 * {@link AccessDeniedException} or another
	 */
	public static int toRead(Path file) throws IOException {
		return open(file.toString(), O_RDONLY);
	}

	/**
	 * Open a file to write it from its beginning; it is made if need be, and emptied.
	 * @param file the file
	 * @return its descriptor
	 * @throws IOException naming the file, see {@link #toRead(Path)}
	 */
	public static int toWrite(Path file) throws IOException {
		return open(file.toString(), O_WRONLY | O_CREAT | O_TRUNC);
	}

	/**
	 * Open a file to write at its end; it is made if need be.
	 * @param file the file
	 * @return its descriptor
	 * @throws IOException naming the file, see {@link #toRead(Path)}
	 */
	public static int toAppend(Path file) throws IOException {
		return open(file.toString(), O_WRONLY | O_CREAT | O_APPEND);
	}

	/**
	 * Open the null device, for either direction.
	 * @return its descriptor
	 * @throws IOException if there are too many open files
	 */
	public static int toNull() throws IOException {
		return open("/dev/null", O_RDWR);
	}

	private static int open(String file, int flags) throws IOException {
		if (file.indexOf('\0') >= 0) {
			throw new IllegalArgumentException("The file name contains a NUL character: " + file.replace("\0", "\\0"));
		}
		int fd;
		while ((fd = LibC.C.open(Scratch.text(file), flags | O_CLOEXEC, PERMISSIONS)) < 0) {
			int errno = LibC.errno();
			if (errno != Errno.EINTR) {
				throw refusal(file, errno);
			}
		}
		return Descriptors.aboveStandard(fd);
	}

	static IOException refusal(String file, int errno) {
		return switch (errno) {
			case Errno.ENOENT -> new NoSuchFileException(file, null, "there is no such file, or no such folder for it");
			case Errno.EACCES, Errno.EPERM -> new AccessDeniedException(file, null, "it may not be opened this way");
			case Errno.EISDIR -> new FileSystemException(file, null, "it is a folder");
			case Errno.ENOTDIR -> new FileSystemException(file, null, "a part of its path is not a folder");
			default -> new PosixException("Cannot open " + file, errno);
		};
	}

}
