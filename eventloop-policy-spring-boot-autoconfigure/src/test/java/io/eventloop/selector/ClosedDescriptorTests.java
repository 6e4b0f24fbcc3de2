package io.eventloop.selector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

import io.eventloop.posix.Descriptors;
import io.eventloop.testsupport.TestLibC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A descriptor that is closed before it is unregistered, while something else, as a child
 * would, has a copy of it.
 */
@Timeout(30)
@ParameterizedClass
@EnumSource
@ExtendWith(OutputCaptureExtension.class)
class ClosedDescriptorTests {

	private static final Duration PAUSE = Duration.ofMillis(50);

	private final DescriptorSelector selector;

	private Descriptors.Pipe pipe;

	private Descriptors.Pipe other;

	private int copy;

	ClosedDescriptorTests(DescriptorSelectorKind kind) {
		this.selector = kind.open();
	}

	@BeforeEach
	void closeWhatIsWatched() throws IOException {
		this.pipe = Descriptors.pipe();
		this.other = Descriptors.pipe();
		this.copy = TestLibC.C.fcntl(this.pipe.readEnd(), TestLibC.F_DUPFD_CLOEXEC, 100);
		Descriptors.write(this.pipe.writeEnd(), ByteBuffer.allocateDirect(1));
		this.selector.register(this.other.readEnd(), Selector.READ);
		this.selector.register(this.pipe.readEnd(), Selector.READ);
		assertThat(this.selector.select(-1)).isOne();
		Descriptors.close(this.pipe.readEnd());
	}

	@AfterEach
	void close() {
		this.selector.close();
		Descriptors.close(this.copy);
		Descriptors.close(this.pipe.writeEnd());
		Descriptors.close(this.other.readEnd());
		Descriptors.close(this.other.writeEnd());
	}

	@Test
	@DisplayName("S106 unregistered too late, it ends one wait at most, and others are waited for as before")
	void endsNoWaitAnyMore() throws IOException {
		this.selector.unregister(this.pipe.readEnd());
		assertThat(this.selector.select(0)).isZero();
		sleepsUntilTheOtherIsReady();
	}

	@Test
	@DisplayName("S106 its number may be another's by then, which is waited for")
	void numberMayBeAnothers() throws IOException {
		this.selector.unregister(this.pipe.readEnd());
		int reused = TestLibC.C.fcntl(this.other.writeEnd(), TestLibC.F_DUPFD_CLOEXEC, this.pipe.readEnd());
		assumeTrue(reused == this.pipe.readEnd(), "the number was taken by other code");
		this.selector.register(reused, Selector.WRITE);
		for (int i = 0; i < 3; i++) {
			assertThat(this.selector.select(-1)).isOne();
			assertThat(this.selector.fd(0)).isEqualTo(reused);
			assertThat(this.selector.readiness(0)).isEqualTo(Selector.WRITE);
		}
		this.selector.unregister(reused);
		Descriptors.close(reused);
		sleepsUntilTheOtherIsReady();
	}

	@Test
	@DisplayName("S106 it is reported once, with what to do")
	void isReportedOnce(CapturedOutput output) {
		if (this.selector instanceof EpollSelector) {
			this.selector.unregister(this.pipe.readEnd());
		}
		this.selector.select(0);
		this.selector.select(0);
		assertThat(output)
			.containsOnlyOnce("Descriptor %d was closed while it was registered".formatted(this.pipe.readEnd()))
			.contains("WARN", "remove its reader and writer before closing it");
		this.selector.unregister(this.pipe.readEnd());
	}

	private void sleepsUntilTheOtherIsReady() throws IOException {
		long begin = System.nanoTime();
		assertThat(this.selector.select(PAUSE.toNanos())).isZero();
		assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(PAUSE.toNanos());
		Descriptors.write(this.other.writeEnd(), ByteBuffer.allocateDirect(1));
		assertThat(this.selector.select(-1)).isOne();
		assertThat(this.selector.fd(0)).isEqualTo(this.other.readEnd());
	}

}
