package io.eventloop.subprocess;

import java.nio.ByteBuffer;

import io.eventloop.EventLoop;

/**
 * What a loop that can wait for descriptors gives to its pipe transports. Everything but
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
	void watchReading(int fd, Runnable ready);

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
	void watchWriting(int fd, Runnable ready);

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

}
