package io.eventloop.posix;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Any function of the C library, for tests of the packages above.
 */
public final class TestNative {

	private static final NativeAccess ACCESS = NativeAccess.best();

	private static final Map<String, NativeFunction> FUNCTIONS = new ConcurrentHashMap<>();

	private static final List<NativeBlock> KEPT = new ArrayList<>();

	private TestNative() {
	}

	/**
	 * Call a function of whole numbers and addresses.
	 */
	public static long call(String function, long... arguments) {
		long[] all = new long[6];
		System.arraycopy(arguments, 0, all, 0, arguments.length);
		return FUNCTIONS.computeIfAbsent(function, ACCESS::function)
			.call(all[0], all[1], all[2], all[3], all[4], all[5]);
	}

	/**
	 * Call a function that returns an int.
	 */
	public static int callInt(String function, long... arguments) {
		return (int) call(function, arguments);
	}

	public static int errno() {
		return ACCESS.errno();
	}

	/**
	 * Return the address of a text as C has it, which stays.
	 */
	public static synchronized long text(String text) {
		byte[] bytes = TextArena.encode(text);
		NativeBlock block = new NativeBlock(bytes.length + 1);
		block.putBytes(0, bytes);
		KEPT.add(block);
		return block.address();
	}

	/**
	 * Return the address of an array of texts that ends with a null pointer, which stays.
	 */
	public static synchronized long texts(List<String> texts) {
		NativeBlock block = new NativeBlock((texts.size() + 1) * Long.BYTES);
		for (int i = 0; i < texts.size(); i++) {
			block.putLong(i * Long.BYTES, text(texts.get(i)));
		}
		KEPT.add(block);
		return block.address();
	}

	/**
	 * Read the text at an address.
	 */
	public static String textAt(long address) {
		return new String(LibC.C.textAt(address), StandardCharsets.UTF_8);
	}

	/**
	 * Take the exit of a child, as foreign code does.
	 * @return the word of its status, -1 if other code took it first
	 */
	public static int waitpid(long pid) {
		NativeBlock status = new NativeBlock(Integer.BYTES);
		return (call("waitpid", pid, status.address(), 0) == pid) ? status.getInt(0) : -1;
	}

	/**
	 * Return the soft and the hard limit of a resource.
	 */
	public static long[] limit(int resource) {
		NativeBlock limits = new NativeBlock(2 * Long.BYTES);
		callInt("getrlimit", resource, limits.address());
		return new long[] { limits.getLong(0), limits.getLong(Long.BYTES) };
	}

	public static void setLimit(int resource, long soft, long hard) {
		NativeBlock limits = new NativeBlock(2 * Long.BYTES);
		limits.putLong(0, soft);
		limits.putLong(Long.BYTES, hard);
		callInt("setrlimit", resource, limits.address());
	}

	/**
	 * Return two connected sockets.
	 */
	public static int[] socketpair(int domain, int type) {
		NativeBlock ends = new NativeBlock(2 * Integer.BYTES);
		callInt("socketpair", domain, type, 0, ends.address());
		return new int[] { ends.getInt(0), ends.getInt(Integer.BYTES) };
	}

	/**
	 * Spawn as another library would.
	 * @return its pid, or the error number negated
	 */
	public static long spawn(String program, List<String> arguments, List<String> environment) {
		NativeBlock pid = new NativeBlock(Integer.BYTES);
		int error = callInt("posix_spawnp", pid.address(), text(program), 0, 0, texts(arguments), texts(environment));
		return (error == 0) ? pid.getInt(0) : -error;
	}

}
