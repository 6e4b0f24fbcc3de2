package io.eventloop.posix;

import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is said of a system call that a seccomp filter refuses, and that the JVM itself
 * hardly starts without.
 */
@Timeout(60)
@EnabledOnOs(architectures = "amd64")
class SeccompTests {

	static Stream<Arguments> refusals() {
		return Stream.of(
				Arguments.of("pipe2", 293, (Callable<Object>) Descriptors::pipe, "allow pipe2 in the seccomp profile"),
				Arguments.of("epoll_create1", 291, (Callable<Object>) () -> new Epoll(1),
						"allow epoll_create1 in the seccomp profile"),
				Arguments.of("eventfd2", 290, (Callable<Object>) EventFd::new, "allow eventfd2 in the seccomp profile"),
				Arguments.of("socket", 41, (Callable<Object>) () -> NotifySocket.open(OptionalLong.empty()),
						"allow socket in the seccomp profile"),
				Arguments.of("bind", 49, (Callable<Object>) () -> NotifySocket.open(OptionalLong.empty()),
						"allow bind in the seccomp profile"),
				Arguments.of("pidfd_open", 434, (Callable<Object>) () -> Pidfd.open(ProcessHandle.current().pid()),
						"choose eventloop.watcher=threaded"),
				Arguments.of("prctl", 157, (Callable<Object>) Subreaper::hold,
						"allow it in the container's seccomp profile"),
				Arguments.of("clone3", 435,
						(Callable<Object>) () -> new PosixSpawn().spawn(SpawnRequestBuilder.of("true").build()),
						"let it allow clone3 and execve, or answer ENOSYS for clone3"));
	}

	@ParameterizedTest
	@MethodSource("refusals")
	@DisplayName("The call and what to allow are named")
	void namesWhatIsRefused(String name, int number, Callable<Object> call, String advice) {
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> SeccompFilter.call(call, Errno.EPERM, number))
			.havingCause()
			.isInstanceOf(PosixException.class)
			.withMessageContaining("EPERM: operation not permitted")
			.withMessageContaining(advice);
	}

}
