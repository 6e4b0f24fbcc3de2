package io.eventloop.pipe;

import java.io.IOException;

import io.eventloop.testsupport.SteppedReactor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(30)
class WriteFlowTests {

	private final WriteFlow flow = new WriteFlow();

	private final SteppedReactor reactor = new SteppedReactor();

	private final RecordingPipeProtocol protocol = new RecordingPipeProtocol();

	private PipeFixture pipe;

	private WritePipeTransport transport;

	@BeforeEach
	void fillThePipe() throws IOException {
		this.pipe = PipeFixture.weRead();
		this.transport = new WritePipeTransport(this.reactor, this.pipe.writeEnd, this.protocol);
		this.transport.write(new byte[PipeFixture.CAPACITY]);
	}

	@AfterEach
	void closeAll() {
		this.protocol.thrown = null;
		this.transport.abort();
		this.reactor.pass();
		this.reactor.close();
		this.pipe.close();
	}

	@Test
	@DisplayName("S137 the high limit is 64 KiB by default, the low one a quarter of it")
	void defaultLimits() {
		assertThat(this.flow.pausesAt(64 * 1024)).isFalse();
		assertThat(this.flow.pausesAt(64 * 1024 + 1)).isTrue();
		assertThat(this.flow.resumesAt(16 * 1024 + 1)).isFalse();
		assertThat(this.flow.resumesAt(16 * 1024)).isTrue();
	}

	@Test
	@DisplayName("S137 a high limit alone makes the low one a quarter of it")
	void highLimitAlone() throws IOException {
		this.transport.setWriteBufferLimits(100);
		this.transport.write(new byte[101]);
		assertThat(this.protocol.events).containsExactly("pause");
		this.pipe.read();
		this.reactor.pass();
		assertThat(this.protocol.events).containsExactly("pause", "resume");
	}

	@Test
	@DisplayName("S137 limits that contradict each other are refused")
	void refusesInconsistentLimits() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.transport.setWriteBufferLimits(10, 11))
			.withMessageContaining("0 <= low <= high")
			.withMessageContaining("low is 11 and high is 10");
		assertThatIllegalArgumentException().isThrownBy(() -> this.transport.setWriteBufferLimits(10, -1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.transport.setWriteBufferLimits(-1));
	}

	@Test
	@DisplayName("S138 writing pauses once beyond the high limit, and resumes once at the low one")
	void pausesAndResumesOnce() throws IOException {
		this.transport.setWriteBufferLimits(10, 5);
		this.transport.write(new byte[10]);
		assertThat(this.protocol.events).isEmpty();
		this.transport.write(new byte[1]);
		this.transport.write(new byte[1]);
		assertThat(this.protocol.events).containsExactly("pause");
		this.pipe.read();
		this.reactor.pass(3);
		assertThat(this.protocol.events).containsExactly("pause", "resume");
	}

	@Test
	@DisplayName("S138 lower limits pause at once")
	void lowerLimitsPauseAtOnce() {
		this.transport.write(new byte[10]);
		this.transport.setWriteBufferLimits(9, 5);
		assertThat(this.protocol.events).containsExactly("pause");
	}

	@Test
	@DisplayName("S138 resuming happens at the low limit, not before")
	void resumesAtTheLowLimit() {
		this.flow.limits(10, 5);
		assertThat(this.flow.pausesAt(11)).isTrue();
		assertThat(this.flow.resumesAt(6)).isFalse();
		assertThat(this.flow.resumesAt(5)).isTrue();
		assertThat(this.flow.resumesAt(4)).isFalse();
	}

	@Test
	@DisplayName("S138 an error of the protocol in these goes to the exception handler, and writing goes on")
	void reportsErrors() throws IOException {
		this.transport.setWriteBufferLimits(0);
		this.protocol.thrown = new IllegalArgumentException("on purpose");
		this.transport.write(new byte[1]);
		this.pipe.read();
		this.reactor.pass();
		assertThat(this.reactor.errors).extracting((context) -> context.message())
			.containsExactly("A protocol's pauseWriting() has failed", "A protocol's resumeWriting() has failed");
		assertThat(this.pipe.read()).hasSize(1);
	}

}
