package io.eventloop.posix;

import org.jspecify.annotations.Nullable;

/**
 * The memory of a {@code struct msghdr}, of the one buffer that it names, and of the
 * sender's credentials, the same on x86-64 and aarch64. There is room for nothing else
 * that comes with a message: the kernel closes descriptors that were sent.
 */
final class ReceivedMessage {

	static final int MAX_TEXT = 4096;

	private static final int NAME_LENGTH = 8;

	private static final int BUFFERS = 16;

	private static final int BUFFER_COUNT = 24;

	private static final int CONTROL = 32;

	private static final int CONTROL_LENGTH = 40;

	private static final int FLAGS = 48;

	private static final int IOVEC = 56;

	private static final int CREDENTIALS = 72;

	/**
	 * CMSG_SPACE(sizeof(struct ucred)).
	 */
	private static final int CREDENTIALS_SIZE = 32;

	private static final int TEXT = CREDENTIALS + CREDENTIALS_SIZE;

	private static final int SOL_SOCKET = 1;

	private static final int SCM_CREDENTIALS = 2;

	private static final int MSG_TRUNC = 0x20;

	private static final int MSG_DONTWAIT = 0x40;

	private static final int MSG_CMSG_CLOEXEC = 0x40000000;

	private static final long UNKNOWN_USER = 0xFFFFFFFFL;

	private final NativeBlock memory = new NativeBlock(TEXT + MAX_TEXT);

	NotifySocket.@Nullable Message receive(int fd) throws PosixException {
		long count;
		do {
			prepare();
			count = LibC.C.recvmsg(fd, this.memory.address(), MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
		}
		while (count < 0 && LibC.C.errno() == Errno.EINTR);
		if (count < 0) {
			int errno = LibC.C.errno();
			if (errno == Errno.EAGAIN) {
				return null;
			}
			throw new PosixException("Cannot receive notifications", errno, Errno.advice(errno, "recvmsg"));
		}
		byte[] text = this.memory.getBytes(TEXT, (int) count);
		boolean cut = (this.memory.getInt(FLAGS) & MSG_TRUNC) != 0;
		boolean known = this.memory.getLong(CONTROL_LENGTH) >= CREDENTIALS_SIZE - Integer.BYTES
				&& this.memory.getInt(CREDENTIALS + 8) == SOL_SOCKET
				&& this.memory.getInt(CREDENTIALS + 12) == SCM_CREDENTIALS;
		return new NotifySocket.Message(known ? this.memory.getInt(CREDENTIALS + 16) : 0,
				known ? Integer.toUnsignedLong(this.memory.getInt(CREDENTIALS + 20)) : UNKNOWN_USER, text, cut);
	}

	private void prepare() {
		this.memory.putLong(0, 0);
		this.memory.putInt(NAME_LENGTH, 0);
		this.memory.putLong(BUFFERS, this.memory.address(IOVEC));
		this.memory.putLong(BUFFER_COUNT, 1);
		this.memory.putLong(CONTROL, this.memory.address(CREDENTIALS));
		this.memory.putLong(CONTROL_LENGTH, CREDENTIALS_SIZE);
		this.memory.putInt(FLAGS, 0);
		this.memory.putLong(IOVEC, this.memory.address(TEXT));
		this.memory.putLong(IOVEC + 8, MAX_TEXT);
	}

}
