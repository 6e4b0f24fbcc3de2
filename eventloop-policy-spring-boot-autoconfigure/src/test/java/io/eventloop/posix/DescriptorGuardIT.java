package io.eventloop.posix;

import java.io.IOException;

import io.eventloop.testsupport.Proc;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class DescriptorGuardIT {

	// The second command keeps the shell from replacing itself by the first
	private static final String LIST = "ls /proc/$$/fd; true";

	private static final int F_GETFD = 1;

	private static final int F_SETFD = 2;

	@ParameterizedTest
	@EnumSource
	@DisplayName("S209 a child sees its three standard streams and no other descriptor")
	void aChildHasThreeDescriptors(DescriptorGuard guard) throws IOException {
		try (TestPipe inheritable = new TestPipe()) {
			LibC.C.fcntl(inheritable.readEnd(), F_SETFD, 0);
			LibC.C.fcntl(inheritable.writeEnd(), F_SETFD, 0);
			CapturedChild child = CapturedChild.of(new PosixSpawn(guard), SpawnRequestBuilder.of("sh", "-c", LIST));
			assertThat(child.lines()).containsExactly("0", "1", "2");
		}
	}

	@Test
	void anOldKernelsDescriptorsAreMarkedOneByOne() throws IOException {
		try (TestPipe inheritable = new TestPipe()) {
			LibC.C.fcntl(inheritable.readEnd(), F_SETFD, 0);
			DescriptorGuard.markOneByOne();
			assertThat(LibC.C.fcntl(inheritable.readEnd(), F_GETFD, 0)).as("FD_CLOEXEC").isOne();
		}
	}

	@ParameterizedTest
	@EnumSource
	void streamsThatCrossEachOtherArePutInPlace(DescriptorGuard guard) throws IOException {
		String script = "readlink /proc/$$/fd/0 /proc/$$/fd/2; " + LIST;
		try (TestPipe pipe = new TestPipe()) {
			ChildProcess child = new PosixSpawn(guard)
				.spawn(SpawnRequestBuilder.of("sh", "-c", script).streams(2, pipe.writeEnd(), 0).build());
			pipe.closeWriteEnd();
			String output = CapturedChild.readAll(pipe.readEnd());
			child.awaitExit();
			child.reap();
			assertThat(output.lines()).containsExactly(Proc.descriptor(2), Proc.descriptor(0), "0", "1", "2");
		}
	}

}
