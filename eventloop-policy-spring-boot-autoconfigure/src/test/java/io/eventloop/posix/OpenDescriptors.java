package io.eventloop.posix;

import java.io.File;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The descriptors this JVM has open.
 */
final class OpenDescriptors {

	private OpenDescriptors() {
	}

	static Set<String> now() {
		return new TreeSet<>(Set.of(Objects.requireNonNull(new File("/proc/self/fd").list())));
	}

}
