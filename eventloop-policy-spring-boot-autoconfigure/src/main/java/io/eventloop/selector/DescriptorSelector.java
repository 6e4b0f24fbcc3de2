package io.eventloop.selector;

/**
 * Waits for raw descriptors: pipes, sockets, terminals, pidfds.
 *
 * @since 0.1.0
 */
public interface DescriptorSelector extends Selector {

	/**
	 * Wait for a descriptor from now on.
	 * @param fd the descriptor, not registered yet
	 * @param interest {@link #READ}, {@link #WRITE} or both
	 * @throws IllegalArgumentException if it is not open, or of a kind that cannot be
	 * waited for
	 */
	void register(int fd, int interest);

	/**
	 * Wait for something else on a registered descriptor.
	 * @param fd the descriptor
	 * @param interest {@link #READ}, {@link #WRITE} or both
	 * @throws java.io.UncheckedIOException if it is not registered, or closed
	 */
	void modify(int fd, int interest);

	/**
	 * Wait for the descriptor no more. To be called before it is closed: one that was
	 * closed first is noticed and waited for no more, but at a cost and with a warning.
	 * @param fd the descriptor
	 */
	void unregister(int fd);

	/**
	 * Return a descriptor that the last {@link #select} found ready.
	 * @param index from 0 to what it returned
	 * @return the descriptor
	 */
	int fd(int index);

}
