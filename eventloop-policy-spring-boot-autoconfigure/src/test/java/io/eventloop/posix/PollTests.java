package io.eventloop.posix;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(20)
class PollTests {

	private final TestPipe pipe = new TestPipe();

	private final Poll poll = new Poll();

	PollTests() throws IOException {
	}

	@AfterEach
	void close() {
		this.pipe.close();
	}

	@Test
	void theEndIsToldEvenIfNothingWasAskedFor() throws IOException {
		this.poll.add(this.pipe.readEnd(), 0);
		assertThat(this.poll.await(0)).isZero();
		this.pipe.closeWriteEnd();
		assertThat(this.poll.await(-1)).isOne();
		assertThat(this.poll.broken(0)).isTrue();
		assertThat(this.poll.readable(0)).isFalse();
		assertThat(this.poll.closed(0)).isFalse();
	}

	@Test
	void whatIsClosedIsTold() throws IOException {
		this.poll.add(this.pipe.readEnd(), Poll.READ);
		this.pipe.closeReadEnd();
		assertThat(this.poll.await(-1)).isOne();
		assertThat(this.poll.closed(0)).isTrue();
		assertThat(this.poll.broken(0)).isFalse();
	}

	@Test
	void manyAreToldApartWhateverIsRemovedBetween() throws IOException {
		List<TestPipe> pipes = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			TestPipe added = new TestPipe();
			pipes.add(added);
			this.poll.add(added.readEnd(), Poll.READ);
		}
		for (int i = 0; i < 100; i += 3) {
			assertThat(this.poll.remove(pipes.get(i).readEnd())).isTrue();
			assertThat(this.poll.remove(pipes.get(i).readEnd())).isFalse();
		}
		pipes.get(0).write();
		pipes.get(50).write();
		pipes.get(98).write();
		assertThat(this.poll.await(-1)).isEqualTo(2);
		List<Integer> ready = new ArrayList<>();
		for (int place = 0; place < this.poll.size(); place++) {
			if (this.poll.any(place)) {
				assertThat(this.poll.readable(place)).isTrue();
				assertThat(this.poll.writable(place)).isFalse();
				ready.add(this.poll.fd(place));
			}
		}
		assertThat(ready).containsExactlyInAnyOrder(pipes.get(50).readEnd(), pipes.get(98).readEnd());
		pipes.forEach(TestPipe::close);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/proc/self/maps", "/etc/passwd" })
	void whatIsAlwaysReadyIsRefused(String path) throws IOException {
		int file = RedirectFile.toRead(Path.of(path).toFile());
		assertThatExceptionOfType(PosixException.class).isThrownBy(() -> this.poll.add(file, Poll.READ))
			.withMessageContaining("EPERM")
			.withMessageContaining("always ready");
		Descriptors.close(file);
	}

	@Test
	void addingTwiceAndModifyingTheUnknownAreRefused() throws IOException {
		this.poll.add(this.pipe.readEnd(), Poll.READ);
		assertThatExceptionOfType(PosixException.class).isThrownBy(() -> this.poll.add(this.pipe.readEnd(), Poll.READ))
			.satisfies((ex) -> assertThat(ex.errnoName()).isEqualTo("EEXIST"));
		assertThatExceptionOfType(PosixException.class)
			.isThrownBy(() -> this.poll.modify(this.pipe.writeEnd(), Poll.READ))
			.satisfies((ex) -> assertThat(ex.errnoName()).isEqualTo("ENOENT"));
	}

	@ParameterizedTest
	@EnumSource
	void neverEndsEarly(PollTimeout timeout) throws IOException {
		Poll limited = new Poll(timeout);
		limited.add(this.pipe.readEnd(), Poll.READ);
		for (long nanos = 1; nanos < 5_000_000; nanos = nanos * 3 + 1) {
			long begin = System.nanoTime();
			assertThat(limited.await(nanos)).isZero();
			assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(nanos);
		}
		this.pipe.write();
		assertThat(limited.await(Long.MAX_VALUE)).isOne();
	}

}
