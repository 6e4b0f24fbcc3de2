package io.eventloop.posix;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The first line of a script, as the kernel reads it: the interpreter ends at a blank, a
 * tab or the end of the line, and at nothing else. A script with the line ends of Windows
 * so asks for an interpreter whose name ends with a carriage return.
 *
 * @since 0.1.0
 * @see <a href="https://man7.org/linux/man-pages/man2/execve.2.html">execve(2)</a>
 */
public final class Shebang {

	private static final int END = -1;

	private Shebang() {
	}

	/**
	 * Return the interpreter of a script.
	 * @param head how the file begins
	 * @return the interpreter's path, empty if this is no script
	 */
	public static String interpreter(ByteBuffer head) {
		String text = StandardCharsets.UTF_8.decode(head).toString();
		if (!text.startsWith("#!")) {
			return "";
		}
		int begin = 2;
		while (begin < text.length() && (text.charAt(begin) == ' ' || text.charAt(begin) == '\t')) {
			begin++;
		}
		int end = begin;
		while (end < text.length() && " \t\n\0".indexOf(text.charAt(end)) == END) {
			end++;
		}
		return text.substring(begin, end);
	}

	/**
	 * Return what to say of a script whose interpreter is missing.
	 * @param interpreter its interpreter
	 * @return a reason, and where a carriage return is to blame what to do about it
	 */
	public static String missing(String interpreter) {
		String reason = "the script is there, but not its interpreter " + interpreter.replace("\r", "\\r");
		return interpreter.endsWith("\r") ? reason + "; its lines end as on Windows, convert them with dos2unix"
				: reason;
	}

}
