package io.eventloop.posix;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * A Unix datagram socket that children send notifications to, in a directory of its own
 * that one user alone may enter. Methods may be called from any thread, but only one
 * thread receives. Does not block for longer than the file system of
 * {@code java.io.tmpdir} does.
 *
 * @since 0.1.0
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
public final class NotifySocket implements Closeable {

	private static final int AF_UNIX = 1;

	private static final int SOCK_DGRAM = 2;

	private static final int SOCK_NONBLOCK = 0x800;

	private static final int SOCK_CLOEXEC = 0x80000;

	private static final int SOL_SOCKET = 1;

	private static final int SO_PASSCRED = 16;

	private static final int FAMILY_SIZE = 2;

	/**
	 * Without the zero at its end.
	 */
	private static final int MAX_PATH = 107;

	private final Path directory;

	private final Path path;

	private final ReceivedMessage memory = new ReceivedMessage();

	private int fd = -1;

	private long user;

	private NotifySocket(Path directory) {
		this.directory = directory;
		this.path = directory.resolve("notify");
	}

	/**
	 * Open a socket in a new directory below {@code java.io.tmpdir}. It closes on exec.
	 * @param user the only user that may send to it, besides root; empty for the user of
	 * this process
	 * @return the socket, to be closed
	 * @throws PosixException if there are too many open files
	 * @throws IOException if the directory cannot be created or given to the user, or its
	 * path is too long for a socket
	 */
	public static NotifySocket open(OptionalLong user) throws IOException {
		return open(Path.of(System.getProperty("java.io.tmpdir")), user);
	}

	static NotifySocket open(Path parent, OptionalLong user) throws IOException {
		PosixPlatform.require();
		NotifySocket socket = new NotifySocket(Files.createTempDirectory(parent.toAbsolutePath(), "eventloop-"));
		try {
			socket.bind();
			if (user.isPresent()) {
				socket.giveTo(user.getAsLong());
			}
			socket.user = Integer.toUnsignedLong((Integer) Files.getAttribute(socket.path, "unix:uid"));
			return socket;
		}
		catch (IOException | RuntimeException ex) {
			socket.close();
			throw ex;
		}
	}

	private void bind() throws IOException {
		byte[] name = FileNames.encode(this.path);
		if (name.length > MAX_PATH) {
			throw new IOException(
					"The path of the notification socket, %s, has %d bytes, and a socket's may have %d; set java.io.tmpdir to a shorter one"
						.formatted(this.path, name.length, MAX_PATH));
		}
		int opened = LibC.C.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
		if (opened < 0) {
			throw refusal("Cannot open a notification socket", "socket");
		}
		this.fd = Descriptors.aboveStandard(opened);
		NativeBlock scratch = Scratch.get();
		scratch.putInt(0, 1);
		if (LibC.C.setsockopt(this.fd, SOL_SOCKET, SO_PASSCRED, scratch.address(), Integer.BYTES) != 0) {
			throw refusal("Cannot ask for the senders of notifications", "setsockopt");
		}
		scratch.putInt(0, AF_UNIX);
		scratch.putBytes(FAMILY_SIZE, name);
		scratch.putByte(FAMILY_SIZE + name.length, (byte) 0);
		if (LibC.C.bind(this.fd, scratch.address(), FAMILY_SIZE + name.length + 1) != 0) {
			throw refusal("Cannot create the notification socket " + this.path, "bind");
		}
	}

	private static PosixException refusal(String what, String systemCall) {
		int errno = LibC.C.errno();
		return new PosixException(what, errno, Errno.advice(errno, systemCall));
	}

	private void giveTo(long owner) throws IOException {
		try {
			Files.setAttribute(this.path, "unix:uid", (int) owner);
			Files.setAttribute(this.directory, "unix:uid", (int) owner);
		}
		catch (IOException ex) {
			throw new IOException(
					"Cannot give the notification socket to user id %d; run as root or without another user"
						.formatted(owner),
					ex);
		}
	}

	/**
	 * Return the descriptor, which is readable when there is a message.
	 * @return the descriptor, -1 once it is closed
	 */
	public synchronized int fd() {
		return this.fd;
	}

	/**
	 * Return where it is.
	 * @return the absolute path
	 */
	public Path path() {
		return this.path;
	}

	/**
	 * Return the user that may send to it.
	 * @return the user id
	 */
	public long user() {
		return this.user;
	}

	/**
	 * Receive the next message. Descriptors that are sent with it are closed.
	 * @return the message, or {@code null} if there is none or the socket is closed
	 * @throws PosixException if the kernel refuses
	 * @see <a href="https://man7.org/linux/man-pages/man2/recvmsg.2.html">recvmsg(2)</a>
	 */
	public synchronized @Nullable Message receive() throws PosixException {
		return (this.fd >= 0) ? this.memory.receive(this.fd) : null;
	}

	/**
	 * Close it, and delete it with its directory. It must have been removed from any
	 * loop.
	 */
	@Override
	public synchronized void close() {
		if (this.fd >= 0) {
			Descriptors.close(this.fd);
			this.fd = -1;
		}
		try {
			Files.deleteIfExists(this.path);
			Files.deleteIfExists(this.directory);
		}
		catch (IOException ex) {
			// A child that may enter the directory has put something there, which is its
			// own
		}
	}

	/**
	 * A datagram.
	 *
	 * @param pid its sender's pid as this process sees it, 0 if it does not
	 * @param user its sender's user id
	 * @param text what it says; bytes that are no UTF-8 are replaced
	 * @param cut whether it was longer than 4 KiB, and is cut off there
	 */
	public record Message(long pid, long user, String text, boolean cut) {

		Message(long pid, long user, byte[] text, boolean cut) {
			this(pid, user, new String(text, StandardCharsets.UTF_8), cut);
		}

		/**
		 * Return the sender alone: the text may be a secret.
		 */
		@Override
		public String toString() {
			return "Message[pid=%d, user=%d]".formatted(this.pid, this.user);
		}

	}

}
