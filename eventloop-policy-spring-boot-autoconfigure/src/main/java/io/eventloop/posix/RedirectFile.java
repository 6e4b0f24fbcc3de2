package io.eventloop.posix;

import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * Opens the file that a child's standard stream comes from or goes to. The descriptor is
 * at least 3, closes on exec and is the caller's to close. From any thread. Opening a
 * file takes as long as its file system does; a named pipe, which waits for its other
 * end, is better opened as a {@link NamedPipe}.
 *
 * @since 0.1.0
 * @see <a href="https://man7.org/linux/man-pages/man2/open.2.html">open(2)</a>
 */
public final class RedirectFile {

	static final int O_RDONLY = 0;

	static final int O_WRONLY = 1;

	static final int O_RDWR = 2;

	static final int O_CREAT = 0x40;

	static final int O_TRUNC = 0x200;

	static final int O_APPEND = 0x400;

	static final int O_CLOEXEC = 0x80000;

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
	public static int toRead(File file) throws IOException {
		return open(file.getPath(), O_RDONLY);
	}

	/**
	 * Open a file to write it from its beginning; it is made if need be, and emptied.
	 * @param file the file
	 * @return its descriptor
	 * @throws IOException naming the file, see {@link #toRead(File)}
	 */
	public static int toWrite(File file) throws IOException {
		return open(file.getPath(), O_WRONLY | O_CREAT | O_TRUNC);
	}

	/**
	 * Open a file to write at its end; it is made if need be.
	 * @param file the file
	 * @return its descriptor
	 * @throws IOException naming the file, see {@link #toRead(File)}
	 */
	public static int toAppend(File file) throws IOException {
		return open(file.getPath(), O_WRONLY | O_CREAT | O_APPEND);
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
		int fd = tryOpen(FileNames.encode(file), flags);
		if (fd < 0) {
			throw refusal(file, -fd);
		}
		return Descriptors.aboveStandard(fd);
	}

	/**
	 * A descriptor that closes on exec, or the error number negated.
	 */
	static int tryOpen(byte[] file, int flags) {
		int fd;
		while ((fd = LibC.C.open(Scratch.text(file), flags | O_CLOEXEC, PERMISSIONS)) < 0) {
			int errno = LibC.C.errno();
			if (errno != Errno.EINTR) {
				return -errno;
			}
		}
		return fd;
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
