package io.eventloop.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.OptionalLong;

import io.eventloop.testsupport.Proc;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

@Timeout(60)
class NotifySocketTests {

	@TempDir
	private Path directory;

	private NotifySocket open() throws IOException {
		return NotifySocket.open(this.directory, OptionalLong.empty());
	}

	/**
	 * Run a program that sends what a script makes, and return its pid.
	 */
	private static long send(NotifySocket socket, String script) throws Exception {
		Process sender = new ProcessBuilder("perl", "-MSocket", "-e",
				"socket(my $s, AF_UNIX, SOCK_DGRAM, 0); sub notify { defined(send($s, $_[0], 0, pack_sockaddr_un($ARGV[0]))) or die $! } "
						+ script,
				socket.path().toString())
			.inheritIO()
			.start();
		assertThat(sender.waitFor()).isZero();
		return sender.pid();
	}

	@Test
	void receivesMessagesInOrderWithTheirSender() throws Exception {
		try (NotifySocket socket = open()) {
			assertThat(socket.receive()).isNull();
			long pid = send(socket, "notify('READY=1'); notify(''); notify(qq(a\\nb));");
			assertThat(socket.receive()).isEqualTo(new NotifySocket.Message(pid, socket.user(), "READY=1", false));
			assertThat(socket.receive()).isEqualTo(new NotifySocket.Message(pid, socket.user(), "", false));
			assertThat(socket.receive()).isEqualTo(new NotifySocket.Message(pid, socket.user(), "a\nb", false));
			assertThat(socket.receive()).isNull();
		}
	}

	@Test
	void cutsWhatIsLong() throws Exception {
		try (NotifySocket socket = open()) {
			send(socket, "notify('x' x 4096); notify('y' x 4097); notify('z');");
			assertThat(socket.receive()).matches((message) -> !message.cut() && message.text().length() == 4096);
			assertThat(socket.receive()).matches((message) -> message.cut() && message.text().equals("y".repeat(4096)));
			assertThat(socket.receive()).matches((message) -> message.text().equals("z"));
		}
	}

	@Test
	void descriptorsThatAreSentAreClosed() throws Exception {
		try (NotifySocket socket = open()) {
			Process sender = new ProcessBuilder("python3", "-c", """
					import os, socket, sys
					s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
					s.connect(sys.argv[1])
					r, w = os.pipe()
					socket.send_fds(s, [b'BARRIER=1'], [w])
					os.close(w)
					sys.exit(0 if os.read(r, 1) == b'' else 1)
					""", socket.path().toString()).inheritIO().start();
			int before = Proc.descriptors().size();
			Awaitility.await().until(() -> {
				NotifySocket.Message message = socket.receive();
				return message != null && message.text().equals("BARRIER=1");
			});
			assertThat(sender.waitFor()).isZero();
			assertThat(Proc.descriptors().size()).isLessThanOrEqualTo(before);
		}
	}

	@Test
	void isOpenToOneUserAndGoneAfterwards() throws Exception {
		NotifySocket socket = open();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.path().getParent())))
			.isEqualTo("rwx------");
		assertThat(Descriptors.kind(socket.fd())).isEqualTo(DescriptorKind.SOCKET);
		socket.close();
		socket.close();
		assertThat(socket.fd()).isEqualTo(-1);
		assertThat(socket.receive()).isNull();
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void aPathThatIsTooLongIsNamed() throws Exception {
		Path deep = Files.createDirectory(this.directory.resolve("d".repeat(100)));
		assertThatIOException().isThrownBy(() -> NotifySocket.open(deep, OptionalLong.empty()))
			.withMessageContaining(deep.toString())
			.withMessageContaining("a socket's may have 107; set java.io.tmpdir to a shorter one");
		assertThat(deep).isEmptyDirectory();
	}

	@Test
	void theTextOfAMessageHidesWhatItSays() {
		assertThat(new NotifySocket.Message(1, 0, "STATUS=secret", false)).asString().doesNotContain("secret");
	}

	@Test
	void twoNeverMeet() throws Exception {
		try (NotifySocket one = open(); NotifySocket other = open()) {
			send(one, "notify('READY=1');");
			assertThat(other.receive()).isNull();
			assertThat(one.receive()).isNotNull();
			assertThat(Arrays.asList(one.path(), other.path())).doesNotHaveDuplicates();
		}
	}

}
