package io.eventloop.posix;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.eventloop.BrokenPipeException;

/**
 * Pipes, and what is done with open descriptors: reading, writing, closing. All methods
 * may be called from any thread; a descriptor itself wants one owner, for a number that
 * is closed may belong to another file a moment later.
 *
 * @since 0.1.0
 */
public final class Descriptors {

	private static final int FIRST_FREE = 3;

	private static final int O_CLOEXEC = 0x80000;

	private static final int O_NONBLOCK = 0x800;

	private static final int F_GETFD = 1;

	private static final int F_GETFL = 3;

	private static final int F_SETFL = 4;

	private static final int F_SETPIPE_SZ = 1031;

	private static final int F_GETPIPE_SZ = 1032;

	private static final int F_DUPFD_CLOEXEC = 1030;

	private Descriptors() {
	}

	/**
	 * Open a pipe. Neither end reaches a child unless a {@link SpawnRequest} names it,
	 * and neither is 0, 1 or 2, even where the JVM runs with one of those closed.
	 * @return both ends, blocking
	 * @throws PosixException if there are too many open files
	 * @see <a href="https://man7.org/linux/man-pages/man2/pipe.2.html">pipe2(2)</a>
	 */
	public static Pipe pipe() throws PosixException {
		NativeBlock ends = Scratch.get();
		if (LibC.C.pipe2(ends.address(), O_CLOEXEC) != 0) {
			int errno = LibC.C.errno();
			throw new PosixException("Cannot open a pipe", errno, Errno.advice(errno, "pipe2"));
		}
		int readEnd = ends.getInt(0);
		int writeEnd = ends.getInt(4);
		try {
			readEnd = aboveStandard(readEnd);
			writeEnd = aboveStandard(writeEnd);
			return new Pipe(readEnd, writeEnd);
		}
		catch (PosixException ex) {
			close(readEnd);
			close(writeEnd);
			throw ex;
		}
	}

	/**
	 * Make reads and writes return instead of waiting. This is a property of the open
	 * file, shared with every process that has it.
	 * @param fd the descriptor
	 * @throws PosixException if it is not open
	 */
	public static void setNonBlocking(int fd) throws PosixException {
		int flags = LibC.C.fcntl(fd, F_GETFL, 0);
		if (flags < 0 || LibC.C.fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0) {
			throw new PosixException("Cannot make descriptor " + fd + " non-blocking", LibC.C.errno());
		}
	}

	/**
	 * Have a pipe hold more, on Linux.
	 * @param fd either end
	 * @param size how many bytes, a power of two
	 * @return whether it holds more now: not if it is no pipe, has that size already, or
	 * may not have it by the user's limits
	 * @see <a href=
	 * "https://man7.org/linux/man-pages/man2/F_SETPIPE_SZ.2const.html">F_SETPIPE_SZ(2const)</a>
	 */
	public static boolean enlargePipe(int fd, int size) {
		int now = LibC.C.fcntl(fd, F_GETPIPE_SZ, 0);
		return now >= 0 && now < size && LibC.C.fcntl(fd, F_SETPIPE_SZ, size) >= 0;
	}

	/**
	 * Read into a direct buffer from its position on, and advance the position.
	 * @param fd the descriptor
	 * @param buffer a direct buffer with room in it
	 * @return the number of bytes, 0 at the end of the file, -1 if nothing is there yet
	 * @throws IOException if the kernel refuses
	 * @throws IllegalArgumentException if the buffer is not direct or full
	 * @see <a href="https://man7.org/linux/man-pages/man2/read.2.html">read(2)</a>
	 */
	public static int read(int fd, ByteBuffer buffer) throws IOException {
		if (!buffer.isDirect() || buffer.isReadOnly() || !buffer.hasRemaining()) {
			throw new IllegalArgumentException("Reading needs a direct, writable buffer with room, not " + buffer);
		}
		long address = NativeBlock.addressOf(buffer) + buffer.position();
		long count;
		while ((count = LibC.C.read(fd, address, buffer.remaining())) < 0) {
			int errno = LibC.C.errno();
			if (errno == Errno.EAGAIN) {
				return -1;
			}
			if (errno != Errno.EINTR) {
				throw new PosixException("Cannot read from descriptor " + fd, errno);
			}
		}
		buffer.position(buffer.position() + (int) count);
		return (int) count;
	}

	/**
	 * Write from a direct buffer's position on, and advance the position.
	 * @param fd the descriptor
	 * @param buffer a direct buffer
	 * @return the number of bytes taken, -1 if there is no room for any
	 * @throws BrokenPipeException if the pipe has no reader any more
	 * @throws IOException if the kernel refuses for another reason
	 * @throws IllegalArgumentException if the buffer is not direct
	 * @see <a href="https://man7.org/linux/man-pages/man2/write.2.html">write(2)</a>
	 */
	public static int write(int fd, ByteBuffer buffer) throws IOException {
		if (!buffer.isDirect()) {
			throw new IllegalArgumentException("Writing needs a direct buffer, not " + buffer);
		}
		long address = NativeBlock.addressOf(buffer) + buffer.position();
		long count;
		while ((count = LibC.C.write(fd, address, buffer.remaining())) < 0) {
			int errno = LibC.C.errno();
			if (errno == Errno.EAGAIN) {
				return -1;
			}
			if (errno == Errno.EPIPE) {
				throw new BrokenPipeException("The reader of descriptor " + fd + " has closed it (EPIPE: broken pipe)");
			}
			if (errno != Errno.EINTR) {
				throw new PosixException("Cannot write to descriptor " + fd, errno);
			}
		}
		buffer.position(buffer.position() + (int) count);
		return (int) count;
	}

	/**
	 * Close a descriptor. It is gone afterwards whatever the kernel answers, so an error
	 * is not reported and the call never repeated: the number may already be another's.
	 * @param fd the descriptor
	 * @see <a href="https://man7.org/linux/man-pages/man2/close.2.html">close(2)</a>
	 */
	public static void close(int fd) {
		LibC.C.close(fd);
	}

	/**
	 * Return whether a descriptor of this number is open.
	 * @param fd the number
	 * @return whether it is open
	 */
	public static boolean isOpen(int fd) {
		return LibC.C.fcntl(fd, F_GETFD, 0) >= 0;
	}

	/**
	 * Return what stands behind a descriptor.
	 * @param fd the descriptor
	 * @return its kind
	 * @throws PosixException if it is not open
	 */
	public static DescriptorKind kind(int fd) throws PosixException {
		int type = FileStatus.ofDescriptor(fd);
		if (type < 0) {
			throw new PosixException("Cannot tell what descriptor " + fd + " is", -type);
		}
		return switch (type) {
			case FileStatus.S_IFIFO -> DescriptorKind.FIFO;
			case FileStatus.S_IFSOCK -> DescriptorKind.SOCKET;
			case FileStatus.S_IFCHR -> DescriptorKind.CHARACTER_DEVICE;
			case FileStatus.S_IFREG -> DescriptorKind.REGULAR_FILE;
			default -> DescriptorKind.OTHER;
		};
	}

	/**
	 * The descriptor itself, or where it is 0, 1 or 2 a copy with a higher number in its
	 * place: those three are a child's standard streams.
	 */
	static int aboveStandard(int fd) throws PosixException {
		if (fd >= FIRST_FREE) {
			return fd;
		}
		int copy = LibC.C.fcntl(fd, F_DUPFD_CLOEXEC, FIRST_FREE);
		if (copy < 0) {
			throw new PosixException("Cannot copy descriptor " + fd, LibC.C.errno());
		}
		close(fd);
		return copy;
	}

	/**
	 * The two ends of a pipe.
	 *
	 * @param readEnd where bytes come out
	 * @param writeEnd where bytes go in
	 */
	public record Pipe(int readEnd, int writeEnd) {
	}

}
