package io.eventloop.selector;

import java.nio.channels.SelectableChannel;

import org.jspecify.annotations.Nullable;

/**
 * Waits for channels. Closing a channel unregisters it.
 *
 * @since 0.1.0
 */
public interface ChannelSelector extends Selector {

	/**
	 * Register a channel.
	 * @param channel the channel, not registered yet
	 * @param interest {@link #READ}, {@link #WRITE} or both; accepting counts as reading,
	 * connecting as writing
	 * @param attachment the object to return with its events
	 * @throws IllegalArgumentException if the channel is closed or blocking, does not
	 * support the interest, or is of a kind that cannot be waited for
	 */
	void register(SelectableChannel channel, int interest, Object attachment);

	/**
	 * Change the interest in a registered channel.
	 * @param channel the channel
	 * @param interest {@link #READ}, {@link #WRITE} or both
	 * @throws IllegalArgumentException if the channel is closed or not registered, or
	 * does not support the interest
	 */
	void modify(SelectableChannel channel, int interest);

	/**
	 * Unregister a channel.
	 * @param channel the channel
	 */
	void unregister(SelectableChannel channel);

	/**
	 * Return the attachment of a channel.
	 * @param channel the channel
	 * @return the attachment, or {@code null} if it is not registered, or closed
	 */
	@Nullable Object attachment(SelectableChannel channel);

	/**
	 * Return the attachment of a channel that the last {@link #select} found ready.
	 * @param index from 0 to less than what it returned
	 * @return the attachment
	 */
	Object attachment(int index);

}
