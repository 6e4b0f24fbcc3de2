package io.eventloop.posix;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * A named pipe that is about to be opened for a child. Opening one end waits until the
 * other is opened, by whomever; who holds both ends lets go of everyone who waits.
 * <p>
 * The pipe is pinned: what is opened is the one that was found, even if its name means
 * another file by then, or none. From any thread.
 *
 * @since 0.1.0
 * @see <a href="https://man7.org/linux/man-pages/man7/fifo.7.html">fifo(7)</a>
 */
public final class NamedPipe implements Closeable {

	private static final int O_PATH = 0x200000;

	private static final int O_NONBLOCK = 0x800;

	private final String name;

	private final byte[] file;

	private final byte[] pinnedFile;

	private int pinned;

	private NamedPipe(String name, byte[] file, int pinned) {
		this.name = name;
		this.file = file;
		this.pinned = pinned;
		this.pinnedFile = ("/proc/self/fd/" + pinned).getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Find out whether a file is a named pipe. Takes as long as its file system does.
	 * @param file the file
	 * @return the pipe, to be closed, or {@code null} if the file is something else, or
	 * not there
	 * @throws PosixException if there are too many open files
	 */
	public static @Nullable NamedPipe find(File file) throws PosixException {
		byte[] name = FileNames.encode(file.getPath());
		if (file.getPath().indexOf('\0') >= 0 || FileStatus.ofPath(name) != FileStatus.S_IFIFO) {
			return null;
		}
		int fd = RedirectFile.tryOpen(name, O_PATH);
		if (fd == -Errno.EMFILE || fd == -Errno.ENFILE) {
			throw new PosixException("Cannot open " + file, -fd);
		}
		if (fd < 0) {
			return null;
		}
		int pinned = Descriptors.aboveStandard(fd);
		if (FileStatus.ofDescriptor(pinned) == FileStatus.S_IFIFO) {
			return new NamedPipe(file.getPath(), name, pinned);
		}
		Descriptors.close(pinned);
		return null;
	}

	/**
	 * Open the end to read from. Blocks until the other end is opened.
	 * @return the descriptor, the caller's to close
	 * @throws IOException naming the pipe, see {@link RedirectFile#toRead(File)}
	 */
	public int openToRead() throws IOException {
		return open(RedirectFile.O_RDONLY);
	}

	/**
	 * Open the end to write to. Blocks until the other end is opened.
	 * @return the descriptor, the caller's to close
	 * @throws IOException naming the pipe, see {@link RedirectFile#toRead(File)}
	 */
	public int openToWrite() throws IOException {
		return open(RedirectFile.O_WRONLY);
	}

	/**
	 * Open both ends, or where this user may not the one that the opener waits for. Never
	 * blocks.
	 * @return what closes them
	 * @throws IOException naming the pipe, also if no process has opened the one end that
	 * may be opened yet, or if this is closed
	 */
	public synchronized Closeable openBothEnds() throws IOException {
		if (this.pinned < 0) {
			throw new IOException(this.name + " has been opened");
		}
		int fd = tryOpen(RedirectFile.O_RDWR | O_NONBLOCK);
		if (fd == -Errno.EACCES) {
			fd = tryOpen(RedirectFile.O_WRONLY | O_NONBLOCK);
		}
		if (fd == -Errno.EACCES) {
			fd = tryOpen(RedirectFile.O_RDONLY | O_NONBLOCK);
		}
		int held = opened(fd);
		return () -> Descriptors.close(held);
	}

	/**
	 * Let go of the pipe. What was opened stays open.
	 */
	@Override
	public synchronized void close() {
		if (this.pinned >= 0) {
			Descriptors.close(this.pinned);
			this.pinned = -1;
		}
	}

	private int open(int flags) throws IOException {
		return opened(tryOpen(flags));
	}

	private int opened(int fd) throws IOException {
		if (fd < 0) {
			throw RedirectFile.refusal(this.name, -fd);
		}
		return Descriptors.aboveStandard(fd);
	}

	private int tryOpen(int flags) {
		int fd = RedirectFile.tryOpen(this.pinnedFile, flags);
		// Where /proc is not mounted
		return (fd == -Errno.ENOENT) ? RedirectFile.tryOpen(this.file, flags) : fd;
	}

}
