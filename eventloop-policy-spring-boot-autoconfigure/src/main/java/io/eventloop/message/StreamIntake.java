package io.eventloop.message;

import io.eventloop.LoopFuture;
import io.eventloop.StreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream piece by piece, for as long as more is wanted. Belongs to the loop's
 * thread.
 */
final class StreamIntake {

	private static final int PIECE = 64 * 1024;

	private final StreamReader stream;

	private final Target target;

	private boolean reading;

	private boolean ended;

	StreamIntake(StreamReader stream, Target target) {
		this.stream = stream;
		this.target = target;
	}

	boolean isEnded() {
		return this.ended;
	}

	/**
	 * Read what is there at once, and go on when there is more. To be called again when
	 * more is wanted.
	 */
	void read() {
		while (!this.reading && !this.ended && this.target.wantsMore()) {
			this.reading = true;
			LoopFuture<byte[]> piece = this.stream.read(PIECE);
			if (!piece.isDone()) {
				piece.whenComplete((data, failure) -> {
					take(data, failure);
					read();
				});
				return;
			}
			piece.whenComplete(this::take);
		}
	}

	private void take(byte @Nullable [] data, @Nullable Throwable failure) {
		this.reading = false;
		if (data == null || StreamReader.isEnd(data)) {
			this.ended = true;
			this.target.ended(failure);
		}
		else {
			this.target.receive(data);
		}
	}

	/**
	 * Takes what is read.
	 */
	interface Target {

		boolean wantsMore();

		void receive(byte[] data);

		/**
		 * Nothing will follow.
		 * @param failure why the stream cannot be read, or {@code null}
		 */
		void ended(@Nullable Throwable failure);

	}

}
