package io.eventloop.loop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

import io.eventloop.EventLoop;
import io.eventloop.ReadPipeProtocol;
import io.eventloop.SubprocessSpec;
import io.eventloop.WritePipeProtocol;
import io.eventloop.selector.EpollSelector;
import io.eventloop.selector.NioSelector;
import io.eventloop.selector.PollSelector;
import io.eventloop.selector.Selector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(30)
class ChannelTests {

	private final EventLoop loop = new SelectorEventLoop(new NioSelector());

	private final List<String> ran = new ArrayList<>();

	private Pipe pipe;

	@BeforeEach
	void openPipe() throws IOException {
		this.pipe = Pipe.open();
		this.pipe.source().configureBlocking(false);
		this.pipe.sink().configureBlocking(false);
	}

	@AfterEach
	void closeAll() throws IOException {
		this.loop.close();
		this.pipe.source().close();
		this.pipe.sink().close();
	}

	@Test
	@DisplayName("S105 a reader of a channel is called while there is something to read; adding again replaces it")
	void readerIsReplaced() throws IOException {
		this.loop.addReader(this.pipe.source(), () -> this.ran.add("old"));
		this.loop.addReader(this.pipe.source(), () -> this.ran.add("new"));
		runOnce();
		assertThat(this.ran).isEmpty();
		write();
		runOnce();
		runOnce();
		assertThat(this.ran).containsExactly("new", "new");
	}

	@Test
	@DisplayName("S105 S106 both directions of a socket: connecting, accepting, writing, reading, and removing each alone")
	void socket() throws IOException {
		try (ServerSocketChannel server = ServerSocketChannel.open(); SocketChannel client = SocketChannel.open()) {
			server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).configureBlocking(false);
			client.configureBlocking(false);
			client.connect(server.getLocalAddress());
			this.loop.addReader(server, () -> accept(server));
			this.loop.addWriter(client, () -> connected(client));
			while (this.ran.size() < 3) {
				this.loop.callSoon(this.loop::stop);
				this.loop.runForever();
			}
			assertThat(this.ran).contains("accepted", "connected", "read");
			assertThat(this.loop.removeReader(client)).isTrue();
			assertThat(this.loop.removeReader(client)).isFalse();
			assertThat(this.loop.removeWriter(client)).isFalse();
			assertThat(this.loop.removeReader(server)).isTrue();
		}
	}

	private void accept(ServerSocketChannel server) {
		try (SocketChannel accepted = server.accept()) {
			this.ran.add("accepted");
			accepted.write(ByteBuffer.allocate(1));
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private void connected(SocketChannel client) {
		try {
			assertThat(client.finishConnect()).isTrue();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
		this.ran.add("connected");
		this.loop.addReader(client, () -> {
			if (!this.ran.contains("read")) {
				this.ran.add("read");
			}
		});
		assertThat(this.loop.removeWriter(client)).isTrue();
	}

	@Test
	@DisplayName("S107 S111 a reader removed between its event and its turn does not run")
	void readerRemovedBeforeItsTurn() throws IOException {
		write();
		this.loop.addReader(this.pipe.source(), () -> {
			this.ran.add("reader");
			this.loop.removeWriter(this.pipe.sink());
		});
		this.loop.addWriter(this.pipe.sink(), () -> {
			this.ran.add("writer");
			this.loop.removeReader(this.pipe.source());
		});
		runOnce();
		assertThat(this.ran).hasSize(1);
	}

	@Test
	@DisplayName("S108 a closed channel, a blocking one, and the wrong direction are refused, and nothing remains of it")
	void badChannels() throws IOException {
		assertThatIllegalArgumentException().isThrownBy(() -> this.loop.addWriter(this.pipe.source(), () -> {
		})).withMessageContaining("can only be read");
		assertThatIllegalArgumentException().isThrownBy(() -> this.loop.addReader(this.pipe.sink(), () -> {
		})).withMessageContaining("can only be written");
		this.pipe.source().configureBlocking(true);
		assertThatIllegalArgumentException().isThrownBy(() -> this.loop.addReader(this.pipe.source(), () -> {
		})).withMessageContaining("configureBlocking(false)");
		this.pipe.source().close();
		assertThatIllegalArgumentException().isThrownBy(() -> this.loop.addReader(this.pipe.source(), () -> {
		})).withMessageContaining("is closed");
		assertThat(this.loop.removeReader(this.pipe.source())).isFalse();
		assertThat(this.loop.removeWriter(this.pipe.source())).isFalse();
	}

	@Test
	@DisplayName("S106 a closed channel is waited for no more; one that is let go may be blocking again")
	void closedChannelIsForgotten() throws IOException {
		this.loop.addWriter(this.pipe.sink(), () -> this.ran.add("writer"));
		this.loop.addReader(this.pipe.source(), () -> this.ran.add("reader"));
		this.pipe.sink().close();
		assertThat(this.loop.removeWriter(this.pipe.sink())).isFalse();
		runOnce();
		assertThat(this.ran).containsExactly("reader");
		this.loop.removeReader(this.pipe.source());
		this.pipe.source().configureBlocking(true);
		assertThat(this.pipe.source().read(ByteBuffer.allocate(1))).isEqualTo(-1);
	}

	@Test
	@DisplayName("S88 after close adding a channel is refused, and removing answers false")
	void closedLoop() {
		this.loop.addReader(this.pipe.source(), () -> {
		});
		this.loop.close();
		assertThatIllegalStateException().isThrownBy(() -> this.loop.addWriter(this.pipe.sink(), () -> {
		}));
		assertThat(this.loop.removeReader(this.pipe.source())).isFalse();
		assertThat(this.loop.removeWriter(this.pipe.sink())).isFalse();
	}

	@Test
	@DisplayName("S238 a loop over Java's selector has no raw descriptors, pipes or subprocesses, and says what to set")
	void refusesDescriptors() {
		assertRefused(() -> this.loop.addReader(0, () -> {
		}));
		assertRefused(() -> this.loop.addWriter(0, () -> {
		}));
		assertRefused(() -> this.loop.connectReadPipe(() -> (ReadPipeProtocol) (data) -> {
		}, 0));
		assertRefused(() -> this.loop.connectWritePipe(() -> new WritePipeProtocol() {
		}, 0));
		assertRefused(() -> this.loop.subprocess(SubprocessSpec.exec("true")));
		assertRefused(() -> this.loop.subprocessExec(() -> null, SubprocessSpec.exec("true")));
		assertThat(this.loop.removeReader(0)).isFalse();
		assertThat(this.loop.removeWriter(0)).isFalse();
		assertThat(this.loop.subprocessTransports()).isEmpty();
	}

	private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(call)
			.withMessageContaining("set eventloop.selector=auto, epoll or poll");
	}

	@Test
	@DisplayName("S108 a loop over raw descriptors refuses channels, and says what to set")
	void refusesChannels() {
		for (Selector selector : List.of(new EpollSelector(), new PollSelector())) {
			try (EventLoop raw = new SelectorEventLoop(selector)) {
				assertThatExceptionOfType(UnsupportedOperationException.class)
					.isThrownBy(() -> raw.addReader(this.pipe.source(), () -> {
					}))
					.withMessageContaining("set eventloop.selector=nio");
				assertThatExceptionOfType(UnsupportedOperationException.class)
					.isThrownBy(() -> raw.addWriter(this.pipe.sink(), () -> {
					}))
					.withMessageContaining("set eventloop.selector=nio");
				assertThat(raw.removeReader(this.pipe.source())).isFalse();
				assertThat(raw.removeWriter(this.pipe.sink())).isFalse();
			}
		}
	}

	private void write() throws IOException {
		this.pipe.sink().write(ByteBuffer.allocate(1));
	}

	private void runOnce() {
		this.loop.stop();
		this.loop.runForever();
	}

}
