package io.eventloop.posix;

import java.io.IOException;

/**
 * Run in a JVM of its own, with odd signals: tells about its descriptors once its
 * standard input is closed, and about a child's signals.
 */
final class DescribeChild {

	private DescribeChild() {
	}

	public static void main(String[] arguments) throws Exception {
		// The first time loads classes, and their files would take the number that gets
		// free
		lowest();
		Descriptors.close(0);
		System.out.println("lowest " + lowest());
		for (DescriptorGuard guard : DescriptorGuard.values()) {
			SpawnRequestBuilder request = SpawnRequestBuilder.of("grep", "Sig", "/proc/self/status");
			System.out.print(CapturedChild.of(new PosixSpawn(guard), request).output());
		}
	}

	private static int lowest() throws IOException {
		try (TestPipe pipe = new TestPipe(); Epoll epoll = new Epoll(1); EventFd event = new EventFd()) {
			epoll.add(event.fd(), Epoll.READ, 0);
			return Math.min(event.fd(), Math.min(pipe.readEnd(), pipe.writeEnd()));
		}
	}

}
