package io.eventloop.autoconfigure;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The units in which {@code /proc} tells times and sizes.
 *
 * @param pageSize bytes of a page of memory
 * @param ticksPerSecond clock ticks in a second
 * @see <a href="https://man7.org/linux/man-pages/man3/getauxval.3.html">getauxval(3)</a>
 */
record KernelUnits(long pageSize, long ticksPerSecond) {

	private static final long USUAL_PAGE_SIZE = 4096;

	private static final long USUAL_TICKS = 100;

	private static final long AT_PAGESZ = 6;

	private static final long AT_CLKTCK = 17;

	static final KernelUnits HERE = read();

	private static KernelUnits read() {
		long pageSize = USUAL_PAGE_SIZE;
		long ticks = USUAL_TICKS;
		try {
			ByteBuffer vector = ByteBuffer.wrap(Files.readAllBytes(Path.of("/proc/self/auxv")))
				.order(ByteOrder.nativeOrder());
			for (long key = vector.getLong(); key != 0; key = vector.getLong()) {
				long value = vector.getLong();
				pageSize = (key == AT_PAGESZ) ? value : pageSize;
				ticks = (key == AT_CLKTCK) ? value : ticks;
			}
		}
		catch (IOException | BufferUnderflowException ex) {
			// A 32-bit one, or none
		}
		return new KernelUnits(pageSize, ticks);
	}

}
