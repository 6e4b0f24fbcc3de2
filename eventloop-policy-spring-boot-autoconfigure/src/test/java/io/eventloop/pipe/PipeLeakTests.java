package io.eventloop.pipe;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.eventloop.posix.Descriptors;
import io.eventloop.testsupport.SteppedReactor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class PipeLeakTests {

	private final SteppedReactor reactor = new SteppedReactor();

	@Test
	@DisplayName("S139 a transport collected unclosed is reported, let go by its loop, and closed")
	void reportsAndCloses(CapturedOutput output) throws IOException {
		try (PipeFixture pipe = PipeFixture.weWrite()) {
			forgetPaused(pipe);
			collectUntil(() -> {
				this.reactor.pass();
				return !Descriptors.isOpen(pipe.readEnd);
			});
			assertThat(this.reactor.claimed).isEmpty();
			assertThat(output)
				.containsOnlyOnce("descriptor %d, made for %s (debug mode tells where), was never closed"
					.formatted(pipe.readEnd, RecordingPipeProtocol.class.getName()))
				.contains("WARN")
				.doesNotContain("It was made here");
		}
		this.reactor.close();
	}

	@Test
	@DisplayName("S139 in debug mode it is told where it was made")
	void tellsWhereItWasMade(CapturedOutput output) throws IOException {
		this.reactor.loop().setDebug(true);
		try (PipeFixture pipe = PipeFixture.weWrite()) {
			forgetPaused(pipe);
			collectUntil(() -> {
				this.reactor.pass();
				return !Descriptors.isOpen(pipe.readEnd);
			});
			assertThat(output).containsSubsequence("was never closed", "It was made here", "forgetPaused");
		}
		this.reactor.close();
	}

	@Test
	@DisplayName("S225 it is closed even if its loop is closed already")
	void closesAfterItsLoop(CapturedOutput output) throws IOException {
		try (PipeFixture pipe = PipeFixture.weWrite()) {
			forgetPaused(pipe);
			this.reactor.close();
			collectUntil(() -> !Descriptors.isOpen(pipe.readEnd));
			assertThat(output).contains("descriptor %d, made for".formatted(pipe.readEnd)).contains("was never closed");
		}
	}

	@Test
	@DisplayName("S139 a transport that was closed is not reported")
	void doesNotReportTheClosed(CapturedOutput output) throws IOException {
		try (PipeFixture closed = PipeFixture.weWrite(); PipeFixture forgotten = PipeFixture.weWrite()) {
			new ReadPipeTransport(this.reactor, closed.readEnd, new RecordingPipeProtocol()).close();
			this.reactor.pass();
			forgetPaused(forgotten);
			collectUntil(() -> {
				this.reactor.pass();
				return !Descriptors.isOpen(forgotten.readEnd);
			});
			assertThat(output).containsOnlyOnce("was never closed");
		}
		this.reactor.close();
	}

	@Test
	@DisplayName("A large pipe that is collected unclosed makes room for another one")
	void leavesItsPlace() throws IOException {
		List<PipeFixture> pipes = new ArrayList<>();
		List<PipeGrowth> large = new ArrayList<>();
		try {
			for (PipeGrowth growth = grown(pipes); growth.reads() > 1; growth = grown(pipes)) {
				large.add(growth);
			}
			assertThat(large).hasSizeLessThanOrEqualTo(32).isNotEmpty();
			large.clear();
			collectUntil(() -> {
				PipeGrowth growth = grown(pipes);
				boolean found = growth.reads() > 1;
				growth.end();
				return found;
			});
		}
		finally {
			pipes.forEach(PipeFixture::close);
		}
		this.reactor.close();
	}

	private PipeGrowth grown(List<PipeFixture> pipes) throws IOException {
		PipeFixture pipe = PipeFixture.weWrite();
		pipes.add(pipe);
		PipeGrowth growth = new PipeGrowth();
		for (int i = 0; i < 9; i++) {
			growth.taken(PipeFixture.CAPACITY, this.reactor, pipe.readEnd);
		}
		return growth;
	}

	private void forgetPaused(PipeFixture pipe) throws IOException {
		ReadPipeTransport transport = new ReadPipeTransport(this.reactor, pipe.readEnd, new RecordingPipeProtocol());
		transport.connect();
		transport.pauseReading();
	}

	private static void collectUntil(Callable<Boolean> condition) {
		Awaitility.await().pollInSameThread().atMost(Duration.ofSeconds(30)).until(() -> {
			System.gc();
			return condition.call();
		});
	}

}
