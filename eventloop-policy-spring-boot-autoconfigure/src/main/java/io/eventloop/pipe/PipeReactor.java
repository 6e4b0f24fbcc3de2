package io.eventloop.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.eventloop.EventLoop;
import io.eventloop.memory.RepeatableCallback;
import io.eventloop.posix.Descriptors;

/**
 * What a loop gives to its pipe transports, which know their pipes by number: by their
 * descriptors, unless the loop has another way to read and write. Everything but
 * {@link #loop()} belongs to the loop's thread.
 *
 * @since 0.1.0
 */
public interface PipeReactor {

	/**
	 * Return the loop.
	 * @return the loop
	 */
	EventLoop loop();

	/**
	 * Take a descriptor for a transport: {@link EventLoop#addReader(int, Runnable)} and
	 * {@link EventLoop#addWriter(int, Runnable)} refuse it from now on.
	 * @param fd the descriptor
	 * @throws IllegalStateException if another transport has it
	 */
	void claim(int fd);

	/**
	 * Give a descriptor back, before it is closed. Nothing is watched on it any more.
	 * @param fd the descriptor
	 */
	void release(int fd);

	/**
	 * Call back whenever a claimed descriptor can be read.
	 * @param fd the descriptor
	 * @param ready what to run
	 */
	void watchReading(int fd, RepeatableCallback ready);

	/**
	 * Undo {@link #watchReading}.
	 * @param fd the descriptor
	 */
	void ignoreReading(int fd);

	/**
	 * Call back whenever a claimed descriptor can be written.
	 * @param fd the descriptor
	 * @param ready what to run
	 */
	void watchWriting(int fd, RepeatableCallback ready);

	/**
	 * Undo {@link #watchWriting}.
	 * @param fd the descriptor
	 */
	void ignoreWriting(int fd);

	/**
	 * Return the loop's scratch buffer for reads and writes: direct, 256 KiB, its content
	 * valid until the callback returns.
	 * @return the buffer, cleared
	 */
	ByteBuffer scratch();

	/**
	 * Read what is there.
	 * @param fd the descriptor
	 * @param buffer the scratch buffer
	 * @return the number of bytes, 0 at the end, -1 if nothing is there yet
	 * @throws IOException if that is refused
	 */
	default int read(int fd, ByteBuffer buffer) throws IOException {
		return Descriptors.read(fd, buffer);
	}

	/**
	 * Write what is taken.
	 * @param fd the descriptor
	 * @param buffer the scratch buffer
	 * @return the number of bytes, -1 if there is no room for any
	 * @throws IOException if that is refused, a {@link io.eventloop.BrokenPipeException}
	 * where no reader is left
	 */
	default int write(int fd, ByteBuffer buffer) throws IOException {
		return Descriptors.write(fd, buffer);
	}

	/**
	 * Have a pipe hold more.
	 * @param fd the descriptor
	 * @param size how many bytes
	 * @return whether it holds more now; not where it is none of the system's
	 */
	default boolean enlarge(int fd, int size) {
		return Descriptors.enlargePipe(fd, size);
	}

	/**
	 * Return what closes a pipe. It must not refer to this reactor.
	 * @param fd the descriptor
	 * @return what to run once, from any thread, after {@link #release}
	 */
	default Runnable closer(int fd) {
		return () -> Descriptors.close(fd);
	}

}
