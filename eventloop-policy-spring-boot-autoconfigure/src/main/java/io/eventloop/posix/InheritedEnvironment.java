package io.eventloop.posix;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * This process's own environment, as the C library has it: its values are bytes, of which
 * {@link System#getenv()} destroys what is no text in the locale.
 *
 * @see <a href= "https://man7.org/linux/man-pages/man7/environ.7.html">environ(7)</a>
 */
final class InheritedEnvironment {

	/**
	 * The PATH, null where there is none.
	 */
	static final byte @Nullable [] PATH = find("PATH");

	private static volatile @Nullable Kept kept;

	private InheritedEnvironment() {
	}

	/**
	 * The address of the array of its variables.
	 */
	static long address() {
		return LibC.C.environ();
	}

	/**
	 * The addresses of those variables that these changes leave alone. Remembered for the
	 * next child, as most children of a process have the same changes: the C library puts
	 * a variable that is set anew at another address.
	 */
	static long[] without(Map<String, @Nullable String> changes) {
		long[] all = variables();
		Kept last = kept;
		if (last == null || !Arrays.equals(all, last.all) || !changes.keySet().equals(last.names)) {
			last = new Kept(all, Set.copyOf(changes.keySet()), without(all, changes.keySet()));
			kept = last;
		}
		return last.left;
	}

	private static long[] variables() {
		long array = address();
		long[] variables = new long[count(array)];
		for (int i = 0; i < variables.length; i++) {
			variables[i] = LibC.C.addressAt(array + (long) i * Long.BYTES);
		}
		return variables;
	}

	private static long[] without(long[] variables, Set<String> names) {
		List<byte[]> prefixes = names.stream().map(InheritedEnvironment::prefix).toList();
		return Arrays.stream(variables).filter((variable) -> {
			byte[] text = LibC.C.textAt(variable);
			return prefixes.stream().noneMatch((prefix) -> startsWith(text, prefix));
		}).toArray();
	}

	private static byte @Nullable [] find(String name) {
		byte[] prefix = prefix(name);
		long array = address();
		for (int i = 0; i < count(array); i++) {
			byte[] text = LibC.C.textAt(LibC.C.addressAt(array + (long) i * Long.BYTES));
			if (startsWith(text, prefix)) {
				return Arrays.copyOfRange(text, prefix.length, text.length);
			}
		}
		return null;
	}

	private static int count(long array) {
		int count = 0;
		while (array != 0 && LibC.C.addressAt(array + (long) count * Long.BYTES) != 0) {
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

	/**
	 * What some changes have left alone.
	 *
	 * @param all the addresses of all variables
	 * @param names what was changed
	 * @param left the addresses of the others
	 */
	@SuppressWarnings("ArrayRecordComponent") // Compared with nothing
	private record Kept(long[] all, Set<String> names, long[] left) {

	}

}
