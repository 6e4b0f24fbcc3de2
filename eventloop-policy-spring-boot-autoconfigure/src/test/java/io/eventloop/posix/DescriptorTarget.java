package io.eventloop.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a descriptor stands for. Its number alone tells little: as soon as it is closed,
 * another thread may be given it.
 */
public final class DescriptorTarget {

	private DescriptorTarget() {
	}

	/**
	 * Such as {@code pipe:[4711]}, which no other pipe is called.
	 */
	public static String of(int fd) {
		try {
			return Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString();
		}
		catch (IOException ex) {
			return "closed";
		}
	}

}
