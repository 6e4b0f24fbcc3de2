package io.eventloop.selector;

import java.nio.channels.SelectableChannel;

import org.jspecify.annotations.Nullable;

/**
 * Waits for channels. One that is closed is waited for no more, without being
 * unregistered.
 *
 * @since 0.1.0
 */
public interface ChannelSelector extends Selector {

	/**
	 * Wait for a channel from now on.
	 * @param channel the channel, not registered yet
	 * @param interest {@link #READ}, {@link #WRITE} or both; accepting counts as reading,
	 * being connected as writing
	 * @param attachment what comes back with its events
	 * @throws IllegalArgumentException if it is closed or blocking, cannot do that at
	 * all, or is of a kind that cannot be waited for
	 */
	void register(SelectableChannel channel, int interest, Object attachment);

	/**
	 * Wait for something else on a registered channel.
	 * @param channel the channel
	 * @param interest {@link #READ}, {@link #WRITE} or both
	 * @throws IllegalArgumentException if it is closed or not registered, or cannot do
	 * that at all
	 */
	void modify(SelectableChannel channel, int interest);

	/**
	 * Wait for the channel no more.
	 * @param channel the channel
	 */
	void unregister(SelectableChannel channel);

	/**
	 * Return what a channel was registered with.
	 * @param channel the channel
	 * @return the attachment, or {@code null} if it is not registered, or closed
	 */
	@Nullable Object attachment(SelectableChannel channel);

	/**
	 * Return what a channel was registered with that the last {@link #select} found
	 * ready.
	 * @param index from 0 to what it returned
	 * @return the attachment
	 */
	Object attachment(int index);

}
