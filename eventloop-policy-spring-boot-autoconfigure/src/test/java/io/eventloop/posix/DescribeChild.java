package io.eventloop.posix;

/**
 * Run in a JVM of its own with odd signals or streams: tells about its descriptors and a
 * child's signals.
 */
final class DescribeChild {

	private DescribeChild() {
	}

	public static void main(String[] arguments) throws Exception {
		try (TestPipe pipe = new TestPipe(); Epoll epoll = new Epoll(1); EventFd event = new EventFd()) {
			epoll.add(event.fd(), Epoll.READ, 0);
			System.out.println("lowest " + Math.min(event.fd(), Math.min(pipe.readEnd(), pipe.writeEnd())));
		}
		for (DescriptorGuard guard : DescriptorGuard.values()) {
			System.out
				.print(CapturedChild.of(new PosixSpawn(guard), SpawnRequest.of("grep", "Sig", "/proc/self/status"))
					.output());
		}
	}

}
