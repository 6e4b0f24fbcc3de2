package io.eventloop.message;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads a child's standard error and keeps its last lines. Belongs to the loop's thread.
 */
final class ErrorTail implements StreamIntake.Target {

	static final int MAX_LINES = 20;

	static final int MAX_BYTES = 4 * 1024;

	private static final byte[] NOTHING = {};

	private final Runnable onEnd;

	private byte[] last = NOTHING;

	private boolean cut;

	private boolean ended;

	/**
	 * Create a tail.
	 * @param onEnd told when nothing will follow
	 */
	ErrorTail(Runnable onEnd) {
		this.onEnd = onEnd;
	}

	@Override
	public boolean wantsMore() {
		return true;
	}

	@Override
	public void receive(byte[] data) {
		int kept = Math.min(this.last.length, Math.max(0, MAX_BYTES - data.length));
		int added = Math.min(data.length, MAX_BYTES);
		this.cut |= kept < this.last.length || added < data.length;
		byte[] tail = new byte[kept + added];
		System.arraycopy(this.last, this.last.length - kept, tail, 0, kept);
		System.arraycopy(data, data.length - added, tail, kept, added);
		this.last = tail;
	}

	@Override
	public void ended(@Nullable Throwable failure) {
		end();
	}

	/**
	 * Expect nothing more.
	 */
	void end() {
		this.ended = true;
		this.onEnd.run();
	}

	boolean isEnded() {
		return this.ended;
	}

	/**
	 * Return the last lines, without a first one of which only the end was kept, unless
	 * it is all there is.
	 */
	List<String> lines() {
		List<String> lines = new String(this.last, start(), this.last.length - start(), StandardCharsets.UTF_8).lines()
			.filter((line) -> !line.isBlank())
			.toList();
		int dropped = Math.max((this.cut && lines.size() > 1) ? 1 : 0, lines.size() - MAX_LINES);
		return List.copyOf(lines.subList(dropped, lines.size()));
	}

	/**
	 * Return where the first whole character begins.
	 */
	private int start() {
		int start = 0;
		while (this.cut && start < Math.min(3, this.last.length) && (this.last[start] & 0xC0) == 0x80) {
			start++;
		}
		return start;
	}

}
