package io.eventloop.client;

import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * What goes into one program of a run, and where what comes out goes to.
 *
 * @param feed what feeds its input
 * @param output takes its output
 * @param errors takes its standard error
 */
record MemberStreams(@Nullable InputFeed feed, OutputSink output, ErrorSink errors) {

	/**
	 * Return how many bytes it was fed; empty where nothing feeds it.
	 */
	OptionalLong written() {
		return (this.feed != null) ? OptionalLong.of(this.feed.written()) : OptionalLong.empty();
	}

	void stopFeed() {
		if (this.feed != null) {
			this.feed.stop();
		}
	}

	void abandon() {
		stopFeed();
		this.output.abandon();
		this.errors.abandon();
	}

}
