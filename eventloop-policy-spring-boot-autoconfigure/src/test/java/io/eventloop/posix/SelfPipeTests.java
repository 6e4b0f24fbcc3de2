package io.eventloop.posix;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.eventloop.testsupport.Proc;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class SelfPipeTests {

	private static final int MORE_THAN_A_PIPE_HOLDS = 70_000;

	@Test
	@DisplayName("S110 it is drained until it would block, though it is full, and writing to a full one does not block")
	void isReadableFromSignalToDrain() throws IOException {
		Poll poll = new Poll();
		try (SelfPipe pipe = new SelfPipe()) {
			poll.add(pipe.fd(), Poll.READ);
			assertThat(poll.await(0)).isZero();
			for (int i = 0; i < MORE_THAN_A_PIPE_HOLDS; i++) {
				pipe.signal();
			}
			assertThat(poll.await(0)).isOne();
			pipe.drain();
			assertThat(poll.await(0)).isZero();
			pipe.drain();
		}
	}

	@Test
	@DisplayName("S110 it wakes a wait in another thread")
	void wakesAWait() throws IOException {
		Poll poll = new Poll();
		try (SelfPipe pipe = new SelfPipe()) {
			poll.add(pipe.fd(), Poll.READ);
			CompletableFuture<Void> other = CompletableFuture.runAsync(pipe::signal);
			assertThat(poll.await(-1)).isOne();
			other.join();
		}
	}

	@Test
	@DisplayName("S89 S110 it is closed once, both ends, and a signal afterwards goes nowhere")
	void closesBothEnds() throws IOException {
		SelfPipe pipe = new SelfPipe();
		String target = Proc.descriptor(pipe.fd());
		assertThat(targets()).filteredOn(target::equals).hasSize(2);
		pipe.close();
		pipe.close();
		pipe.signal();
		pipe.drain();
		assertThat(pipe.fd()).isEqualTo(-1);
		assertThat(targets()).doesNotContain(target);
	}

	private static List<String> targets() {
		return List.copyOf(Proc.descriptors().values());
	}

}
