package io.eventloop.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.eventloop.posix.Descriptors;
import io.eventloop.selector.DescriptorSelectorKind;
import io.eventloop.testsupport.Leftovers;
import io.eventloop.testsupport.Proc;
import io.eventloop.testsupport.SteppedReactor;
import io.eventloop.testsupport.TestLibC;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pseudo-terminals: the transports have the master side, the test the slave side.
 */
@Timeout(30)
@ParameterizedClass
@EnumSource
class PtyTests {

	private final SteppedReactor reactor;

	private final RecordingPipeProtocol protocol = new RecordingPipeProtocol();

	private int master;

	private int slave;

	PtyTests(DescriptorSelectorKind selector) {
		this.reactor = new SteppedReactor(selector);
	}

	@BeforeEach
	void openTerminal() throws IOException {
		int flags = TestLibC.O_RDWR | TestLibC.O_NOCTTY | TestLibC.O_CLOEXEC;
		this.master = TestLibC.C.posix_openpt(flags);
		assertThat(TestLibC.C.grantpt(this.master)).isZero();
		assertThat(TestLibC.C.unlockpt(this.master)).isZero();
		this.slave = TestLibC.C.open(TestLibC.C.ptsname(this.master), flags, 0);
		assertThat(this.slave).isPositive();
		Descriptors.setNonBlocking(this.slave);
	}

	@AfterEach
	void closeAll() {
		this.reactor.pass();
		this.reactor.close();
		assertThat(Leftovers.pipesAndTheLike(Proc.descriptors().values())).as("its number may be another's already")
			.noneMatch((name) -> name.endsWith("ptmx"));
	}

	private void type(String text) throws IOException {
		byte[] bytes = text.getBytes(UTF_8);
		Descriptors.write(this.slave, ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
	}

	private String typed() throws IOException {
		ByteBuffer buffer = ByteBuffer.allocateDirect(100);
		Descriptors.read(this.slave, buffer);
		byte[] bytes = new byte[buffer.flip().remaining()];
		buffer.get(bytes);
		return new String(bytes, UTF_8);
	}

	@Test
	@DisplayName("S140 a terminal is read; S127 its end, an I/O error, is told to the protocol and not reported")
	void readsATerminal() throws IOException {
		ReadPipeTransport transport = new ReadPipeTransport(this.reactor, this.master, this.protocol);
		transport.connect();
		type("first ");
		type("second");
		Awaitility.await().pollInSameThread().until(() -> {
			this.reactor.pass();
			return this.protocol.text().equals("first second");
		});
		Descriptors.close(this.slave);
		Awaitility.await().pollInSameThread().until(() -> {
			this.reactor.pass();
			return this.protocol.lostBecause != null;
		});
		assertThat(this.protocol.events).endsWith("lost PosixException");
		assertThat(this.reactor.errors).isEmpty();
	}

	@Test
	@DisplayName("S140 a terminal is written to, and not watched for its other side")
	void writesToATerminal() throws IOException {
		WritePipeTransport transport = new WritePipeTransport(this.reactor, this.master, this.protocol);
		transport.connect();
		assertThat(this.reactor.watchesReading(this.master)).isFalse();
		transport.write("command\n".getBytes(UTF_8));
		Awaitility.await().pollInSameThread().until(() -> typed().equals("command\n"));
		transport.close();
		this.reactor.pass();
		assertThat(this.protocol.events).containsExactly("made", "lost");
		Descriptors.close(this.slave);
	}

	@Test
	@DisplayName("S140 a terminal is read and written by two transports, each with a descriptor of its own")
	void readsAndWritesATerminal() throws IOException {
		int copy = TestLibC.C.fcntl(this.master, TestLibC.F_DUPFD_CLOEXEC, 3);
		RecordingPipeProtocol writing = new RecordingPipeProtocol();
		WritePipeTransport output = new WritePipeTransport(this.reactor, this.master, writing);
		ReadPipeTransport input = new ReadPipeTransport(this.reactor, copy, this.protocol);
		output.connect();
		input.connect();
		output.write("to\n".getBytes(UTF_8));
		Awaitility.await().pollInSameThread().until(() -> typed().equals("to\n"));
		type("from");
		Awaitility.await().pollInSameThread().until(() -> {
			this.reactor.pass();
			return this.protocol.text().endsWith("from");
		});
		input.close();
		output.close();
		this.reactor.pass();
		assertThat(writing.events).containsExactly("made", "lost");
		assertThat(this.protocol.events).endsWith("lost");
		Descriptors.close(this.slave);
	}

}
