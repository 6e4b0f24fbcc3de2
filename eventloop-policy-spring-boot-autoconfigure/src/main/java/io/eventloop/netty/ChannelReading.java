package io.eventloop.netty;

import io.netty.channel.Channel;

/**
 * Whether a channel reads. Belongs to the loop's thread.
 */
final class ChannelReading {

	private final Channel channel;

	private final boolean forgetful;

	private boolean wanted;

	/**
	 * Take care of a channel that does not read.
	 * @param forgetful whether it has to be registered anew where the other side may have
	 * ended while it did not read
	 */
	ChannelReading(Channel channel, boolean forgetful) {
		this.channel = channel;
		this.forgetful = forgetful;
	}

	/**
	 * Read, after nothing has happened yet.
	 */
	void begin() {
		this.wanted = true;
		this.channel.config().setAutoRead(true);
	}

	void pause() {
		this.wanted = false;
		this.channel.config().setAutoRead(false);
	}

	/**
	 * Read again.
	 */
	void resume() {
		if (!this.forgetful || !this.channel.isActive()) {
			begin();
			return;
		}
		this.wanted = true;
		this.channel.deregister().addListener((left) -> register());
	}

	/**
	 * Send, too, what is still to be sent: the channel forgets that it waits for that.
	 */
	private void register() {
		this.channel.eventLoop().register(this.channel).addListener((joined) -> {
			this.channel.config().setAutoRead(this.wanted);
			this.channel.flush();
		});
	}

}
