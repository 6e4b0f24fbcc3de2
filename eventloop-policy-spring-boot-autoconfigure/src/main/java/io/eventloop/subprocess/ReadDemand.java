package io.eventloop.subprocess;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.eventloop.IncompleteReadException;
import io.eventloop.pipe.ByteQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a read waits for. Asked whenever bytes or the end have come.
 *
 * @param <T> what it gets
 */
@FunctionalInterface
interface ReadDemand<T> {

	byte[] NOTHING = {};

	ReadDemand<byte[]> EVERYTHING = (buffer, ended) -> ended ? all(buffer) : null;

	/**
	 * Take what is wanted from the buffer.
	 * @param buffer what is there
	 * @param ended whether nothing will follow
	 * @return the bytes, or {@code null} to wait for more
	 * @throws IOException if they will never come
	 */
	@Nullable T takeFrom(ByteQueue buffer, boolean ended) throws IOException;

	/**
	 * Take what is wanted from what was just read, before it is copied into the buffer,
	 * which is empty.
	 * @param data what was read
	 * @return {@code null} to have it from the buffer
	 */
	default @Nullable T takeFrom(ByteBuffer data) {
		return null;
	}

	/**
	 * Take all that is there.
	 * @throws IllegalStateException if it is too much for an array
	 */
	static byte[] all(ByteQueue buffer) {
		return buffer.take(arraySize(buffer.size()));
	}

	/**
	 * Demand the end, or more than a limit, and take nothing.
	 */
	static ReadDemand<byte[]> endOrMoreThan(long limit) {
		return (buffer, ended) -> (ended || buffer.size() > limit) ? NOTHING : null;
	}

	static ReadDemand<byte[]> atMost(int n) {
		return (buffer, ended) -> {
			if (n == 0) {
				return NOTHING;
			}
			return (ended || !buffer.isEmpty()) ? buffer.take((int) Math.min(n, buffer.size())) : null;
		};
	}

	static ReadDemand<byte[]> exactly(int n) {
		return (buffer, ended) -> {
			if (buffer.size() >= n) {
				return buffer.take(n);
			}
			if (ended) {
				throw new IncompleteReadException(buffer.take((int) buffer.size()), n);
			}
			return null;
		};
	}

	/**
	 * Demand a line. One that is too long is dropped, as far as it is there.
	 */
	static ReadDemand<byte[]> line(int limit) {
		return (buffer, ended) -> {
			long end = buffer.indexOf((byte) '\n');
			long length = (end < 0) ? buffer.size() : end;
			if (length > limit) {
				buffer.drop((end < 0) ? length : length + 1);
				throw new IllegalStateException(
						"A line is longer than the limit of %d bytes; raise SubprocessSpec.limit, or use read"
							.formatted(limit));
			}
			if (end >= 0) {
				return buffer.take((int) end + 1);
			}
			return ended ? buffer.take((int) length) : null;
		};
	}

	private static int arraySize(long size) {
		if (size > Integer.MAX_VALUE - 8) {
			throw new IllegalStateException(
					"%d bytes are too many for an array; read them in pieces, or redirect them to a file"
						.formatted(size));
		}
		return (int) size;
	}

}
