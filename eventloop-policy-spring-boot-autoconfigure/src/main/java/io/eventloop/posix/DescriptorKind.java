package io.eventloop.posix;

/**
 * What stands behind a descriptor, as far as a loop cares: whether it can be waited on.
 *
 * @since 0.1.0
 */
public enum DescriptorKind {

	/**
	 * A pipe or a named pipe.
	 */
	FIFO,

	/**
	 * A socket of any family.
	 */
	SOCKET,

	/**
	 * A terminal, {@code /dev/null} and the like.
	 */
	CHARACTER_DEVICE,

	/**
	 * A file: always ready, and refused by epoll.
	 */
	REGULAR_FILE,

	/**
	 * A directory, a block device, or an anonymous one such as a pidfd.
	 */
	OTHER

}
