package io.eventloop.subprocess;

import java.lang.ProcessBuilder.Redirect;
import java.util.List;

import io.eventloop.LoopFuture;
import io.eventloop.ReadTransport;
import io.eventloop.SubprocessConnection;
import io.eventloop.SubprocessSpec;
import io.eventloop.SubprocessTransport;
import io.eventloop.WriteTransport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
@ParameterizedClass
@EnumSource
class ProtocolOrderIT {

	@RegisterExtension
	private final LoopExtension extension;

	private final RecordingProtocol protocol = new RecordingProtocol();

	ProtocolOrderIT(WatcherKind watcher) {
		this.extension = new LoopExtension(watcher);
	}

	@Test
	@DisplayName("S227 data, then the end of its pipe; the exit anywhere; connectionLost last, once")
	void tellsInOrder() {
		SubprocessTransport child = this.extension
			.connect(this.protocol, SubprocessSpec.shell("echo out; echo err >&2; exit 2").pipes())
			.transport();
		this.protocol.lost.join();
		List<String> events = this.protocol.events;
		assertThat(events).startsWith("made").endsWith("lost");
		assertThat(events).containsSubsequence("data 1 out\n", "pipe 1 lost")
			.containsSubsequence("data 2 err\n", "pipe 2 lost")
			.contains("pipe 0 lost", "exited")
			.hasSize(8);
		assertThat(child.returnCode()).hasValue(2);
	}

	@Test
	@DisplayName("S227 the exit comes before the end of a pipe that a grandchild holds")
	void exitBeforeTheEndOfPipes() {
		this.extension.requireWatchedPipes("closes the pipes at the exit");
		SubprocessTransport child = this.extension
			.connect(this.protocol, SubprocessSpec.shell("exec 3<&0; (read x <&3; echo late) & exit 2").pipes())
			.transport();
		child.onExit().join();
		assertThat(this.protocol.events).containsExactly("made", "exited");
		this.extension.loop().callSoonThreadsafe(() -> ((WriteTransport) child.pipeTransport(0)).writeEof());
		this.protocol.lost.join();
		assertThat(this.protocol.events).startsWith("made", "exited")
			.containsSubsequence("data 1 late\n", "pipe 1 lost", "lost");
	}

	@Test
	@DisplayName("S227 the end of the pipes comes before the exit of a child that closes them")
	void endOfPipesBeforeTheExit() throws Exception {
		this.extension.requireWatchedPipes("does not tell that an input is no longer read");
		SubprocessTransport child = this.extension
			.connect(this.protocol, SubprocessSpec.exec("sh", "-c", "exec <&- >&- 2>&-; exec sleep 60").pipes())
			.transport();
		Awaitility.await().until(() -> this.protocol.events.size() == 4);
		assertThat(child.returnCode()).isEmpty();
		child.kill();
		this.protocol.lost.join();
		assertThat(this.protocol.events).endsWith("exited", "lost");
		assertThat(child.onDrained().join()).isEqualTo(this.extension.killedBy(9));
	}

	@Test
	@DisplayName("S228 who waits for the end of everything is released after connectionLost")
	void releasesAfterConnectionLost() throws Exception {
		SubprocessConnection<RecordingProtocol> connection = this.extension.connect(this.protocol,
				SubprocessSpec.exec("cat").pipes());
		LoopFuture<List<String>> seen = this.extension.loop().createFuture();
		this.extension.run(() -> connection.transport()
			.onDrained()
			.thenAccept((code) -> seen.complete(List.copyOf(this.protocol.events))));
		this.extension.run(() -> connection.transport().pipeTransport(0).close());
		assertThat(seen.join()).endsWith("lost");
	}

	@Test
	@DisplayName("S232 there is a transport for each pipe, and null for what is none")
	void findsPipeTransports() throws Exception {
		SubprocessTransport piped = this.extension.connect(this.protocol, SubprocessSpec.exec("cat").pipes())
			.transport();
		SubprocessTransport inherited = this.extension.connect(new RecordingProtocol(), SubprocessSpec.exec("true"))
			.transport();
		this.extension.run(() -> {
			assertThat(piped.pipeTransport(0)).isInstanceOf(WriteTransport.class);
			assertThat(piped.pipeTransport(1)).isInstanceOf(ReadTransport.class);
			assertThat(piped.pipeTransport(2)).isInstanceOf(ReadTransport.class);
			assertThat(piped.pipeTransport(3)).isNull();
			assertThat(piped.pipeTransport(-1)).isNull();
			assertThat(List.of(0, 1, 2)).allSatisfy((fd) -> assertThat(inherited.pipeTransport(fd)).isNull());
			piped.pipeTransport(0).close();
		});
		piped.onDrained().join();
	}

	@Test
	@DisplayName("A protocol that throws in each call is told everything all the same")
	void tellsAProtocolThatThrows() {
		RecordingProtocol throwing = new RecordingProtocol() {

			@Override
			public void connectionMade(SubprocessTransport transport) {
				super.connectionMade(transport);
				throw new IllegalArgumentException("made");
			}

			@Override
			public void pipeConnectionLost(int fd, @Nullable Throwable exception) {
				super.pipeConnectionLost(fd, exception);
				throw new IllegalArgumentException("pipe");
			}

			@Override
			public void processExited() {
				super.processExited();
				throw new IllegalArgumentException("exited");
			}

			@Override
			public void connectionLost(@Nullable Throwable exception) {
				super.connectionLost(exception);
				throw new IllegalArgumentException("lost");
			}

		};
		SubprocessTransport child = this.extension.connect(throwing, SubprocessSpec.exec("true").pipes()).transport();
		assertThat(child.onDrained().join()).isZero();
		assertThat(throwing.events).contains("made", "exited", "pipe 0 lost", "pipe 1 lost", "pipe 2 lost", "lost");
		Awaitility.await().until(() -> this.extension.errors.size() == 6);
		assertThat(this.extension.errors).extracting((error) -> error.exception().getMessage())
			.containsExactlyInAnyOrder("made", "pipe", "pipe", "pipe", "exited", "lost");
		this.extension.errors.clear();
	}

	@Test
	@DisplayName("S138 writing pauses and resumes by the child's reading")
	void pausesAndResumesWriting() throws Exception {
		RecordingProtocol flow = new RecordingProtocol() {

			@Override
			public void pauseWriting() {
				this.events.add("pause");
			}

			@Override
			public void resumeWriting() {
				this.events.add("resume");
			}

		};
		SubprocessTransport child = this.extension
			.connect(flow, SubprocessSpec.shell("cat >/dev/null").stdin(Redirect.PIPE))
			.transport();
		this.extension.run(() -> {
			WriteTransport stdin = (WriteTransport) child.pipeTransport(0);
			stdin.write(new byte[1 << 20]);
			stdin.write("end".getBytes(UTF_8));
			stdin.close();
		});
		child.onDrained().join();
		assertThat(flow.events).startsWith("made", "pause", "resume", "pipe 0 lost");
	}

	@Test
	@DisplayName("S235 a subprocess and its pipes have a text form in every state, without arguments")
	void textForms() throws Exception {
		SubprocessTransport child = this.extension
			.connect(this.protocol, SubprocessSpec.exec("sh", "-c", "exec sleep 60 # secret").pipes())
			.transport();
		assertThat(child.toString())
			.matches("SubprocessTransport\\[program=sh, pid=%d, running, ".formatted(child.pid())
					+ "stdin=WritePipeTransport\\[fd=\\d+, open, idle, buffered=0], "
					+ "stdout=ReadPipeTransport\\[fd=\\d+, open, polling], "
					+ "stderr=ReadPipeTransport\\[fd=\\d+, open, polling]]");
		this.extension.run(() -> ((ReadTransport) child.pipeTransport(1)).pauseReading());
		assertThat(child.toString()).contains("stdout=ReadPipeTransport").contains("open, idle]");
		this.extension.requireWatchedPipes("takes more than a pipe holds");
		this.extension.run(() -> ((WriteTransport) child.pipeTransport(0)).write(new byte[100_000]));
		assertThat(child.toString()).contains("open, polling, buffered=34464");
		this.extension.run(() -> ((WriteTransport) child.pipeTransport(0)).writeEof());
		assertThat(child.toString()).contains("closing, polling, buffered=34464");
		this.extension.run(child::close);
		assertThat(child.toString()).contains("closed, ");
		this.protocol.lost.join();
		assertThat(child.toString()).matches("SubprocessTransport\\[program=sh, pid=%d, closed, returnCode=%d, "
			.formatted(child.pid(), this.extension.killedBy(9)) + "stdin=WritePipeTransport\\[fd=\\d+, closed], "
				+ "stdout=ReadPipeTransport\\[fd=\\d+, closed], stderr=ReadPipeTransport\\[fd=\\d+, closed]]");
		assertThat(child.toString()).doesNotContain("secret");
		SubprocessTransport plain = this.extension.connect(new RecordingProtocol(), SubprocessSpec.exec("true"))
			.transport();
		plain.onDrained().join();
		assertThat(plain)
			.hasToString("SubprocessTransport[program=true, pid=%d, closed, returnCode=0]".formatted(plain.pid()));
	}

}
