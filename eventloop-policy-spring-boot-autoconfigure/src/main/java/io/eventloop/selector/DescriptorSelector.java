package io.eventloop.selector;

/**
 * Waits for raw descriptors: pipes, sockets, terminals, pidfds.
 *
 * @since 0.1.0
 */
public interface DescriptorSelector extends Selector {

	/**
	 * Register a descriptor.
	 * @param fd the descriptor, not registered yet
	 * @param interest {@link #READ}, {@link #WRITE} or both
	 * @throws IllegalArgumentException if the descriptor is not open, or of a kind that
	 * cannot be waited for
	 */
	void register(int fd, int interest);

	/**
	 * Change the interest in a registered descriptor.
	 * @param fd the descriptor
	 * @param interest {@link #READ}, {@link #WRITE} or both
	 * @throws java.io.UncheckedIOException if the descriptor is not registered, or closed
	 */
	void modify(int fd, int interest);

	/**
	 * Unregister a descriptor. Must be called before the descriptor is closed: one that
	 * was closed first is detected and unregistered, but at a cost and with a warning.
	 * @param fd the descriptor
	 */
	void unregister(int fd);

	/**
	 * Return a descriptor that the last {@link #select} found ready.
	 * @param index from 0 to less than what it returned
	 * @return the descriptor
	 */
	int fd(int index);

}
