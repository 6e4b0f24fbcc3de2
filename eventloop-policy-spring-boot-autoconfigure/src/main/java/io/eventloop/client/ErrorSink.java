package io.eventloop.client;

import java.nio.charset.Charset;

import org.jspecify.annotations.Nullable;

/**
 * Passes standard error on, and keeps its end for messages.
 */
final class ErrorSink implements OutputSink {

	/**
	 * How much of it is in a message.
	 */
	private static final int EXCERPT = 2 * 1024;

	private final OutputSink target;

	private final HeadAndTailSink excerpt = new HeadAndTailSink(0, EXCERPT);

	ErrorSink(OutputSink target) {
		this.target = target;
	}

	@Override
	public void connect(Valve valve) {
		this.target.connect(valve);
	}

	@Override
	public void receive(byte[] data) {
		this.excerpt.receive(data);
		this.target.receive(data);
	}

	@Override
	public void end(Runnable done) {
		this.target.end(done);
	}

	@Override
	public void abandon() {
		this.target.abandon();
	}

	@Override
	public byte @Nullable [] collected() {
		return this.target.collected();
	}

	@Override
	public boolean isTruncated() {
		return this.target.isTruncated();
	}

	/**
	 * Return the last lines, without a first one that is incomplete.
	 */
	String excerpt(Charset charset) {
		String text = new String(this.excerpt.collected(), charset);
		int end = text.indexOf('\n');
		boolean cut = this.excerpt.isTruncated() && end >= 0 && end < text.length() - 1;
		return cut ? text.substring(end + 1) : text;
	}

}
