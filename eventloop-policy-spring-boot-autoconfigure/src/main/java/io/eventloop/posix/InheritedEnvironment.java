package io.eventloop.posix;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.kenai.jffi.MemoryIO;
import org.jspecify.annotations.Nullable;

/**
 * This process's own environment, as the C library has it: its values are bytes, of which
 * {@link System#getenv()} destroys what is no text in the locale.
 *
 * @see <a href= "https://man7.org/linux/man-pages/man7/environ.7.html">environ(7)</a>
 */
final class InheritedEnvironment {

	private static final MemoryIO MEMORY = MemoryIO.getInstance();

	/**
	 * The PATH, null where there is none.
	 */
	static final byte @Nullable [] PATH = find("PATH");

	private InheritedEnvironment() {
	}

	/**
	 * The address of the array of its variables.
	 */
	static long address() {
		return LibC.C.environ().get();
	}

	/**
	 * The addresses of those variables that these changes leave alone.
	 */
	static long[] without(Map<String, @Nullable String> changes) {
		List<byte[]> prefixes = new ArrayList<>(changes.size());
		changes.keySet().forEach((name) -> prefixes.add(prefix(name)));
		long array = address();
		long[] kept = new long[count(array)];
		int count = 0;
		for (int i = 0; i < kept.length; i++) {
			long variable = MEMORY.getAddress(array + (long) i * Long.BYTES);
			byte[] text = MEMORY.getZeroTerminatedByteArray(variable);
			if (prefixes.stream().noneMatch((prefix) -> startsWith(text, prefix))) {
				kept[count++] = variable;
			}
		}
		return Arrays.copyOf(kept, count);
	}

	private static byte @Nullable [] find(String name) {
		byte[] prefix = prefix(name);
		long array = address();
		for (int i = 0; i < count(array); i++) {
			byte[] text = MEMORY.getZeroTerminatedByteArray(MEMORY.getAddress(array + (long) i * Long.BYTES));
			if (startsWith(text, prefix)) {
				return Arrays.copyOfRange(text, prefix.length, text.length);
			}
		}
		return null;
	}

	private static int count(long array) {
		int count = 0;
		while (array != 0 && MEMORY.getAddress(array + (long) count * Long.BYTES) != 0) {
			count++;
		}
		return count;
	}

	private static byte[] prefix(String name) {
		return (name + '=').getBytes(StandardCharsets.UTF_8);
	}

	private static boolean startsWith(byte[] text, byte[] prefix) {
		return text.length >= prefix.length && Arrays.equals(text, 0, prefix.length, prefix, 0, prefix.length);
	}

}
