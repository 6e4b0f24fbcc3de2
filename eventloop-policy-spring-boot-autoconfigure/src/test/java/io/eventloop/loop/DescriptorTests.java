package io.eventloop.loop;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.eventloop.SubprocessSpec;
import io.eventloop.posix.Descriptors;
import io.eventloop.posix.Descriptors.Pipe;
import io.eventloop.selector.DescriptorSelectorKind;
import io.eventloop.testsupport.Proc;
import io.eventloop.testsupport.TestLibC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(30)
@ParameterizedClass
@EnumSource
class DescriptorTests {

	private final RecordingSelector selector;

	private final SelectorEventLoop loop;

	private final List<String> ran = new ArrayList<>();

	private Pipe pipe;

	DescriptorTests(DescriptorSelectorKind kind) {
		this.selector = new RecordingSelector(kind);
		this.loop = new SelectorEventLoop(this.selector);
	}

	@BeforeEach
	void openPipe() throws IOException {
		this.pipe = Descriptors.pipe();
	}

	@AfterEach
	void closeAll() {
		this.loop.close();
		Descriptors.close(this.pipe.readEnd());
		Descriptors.close(this.pipe.writeEnd());
	}

	@Test
	@DisplayName("S105 a reader is called while there is something to read; adding again replaces it")
	void readerIsReplaced() throws IOException {
		this.loop.addReader(this.pipe.readEnd(), () -> this.ran.add("old"));
		this.loop.addReader(this.pipe.readEnd(), () -> this.ran.add("new"));
		runOnce();
		assertThat(this.ran).isEmpty();
		write();
		runOnce();
		runOnce();
		assertThat(this.ran).containsExactly("new", "new");
		assertThat(this.selector.calls).containsExactly("register 1", "modify 1");
	}

	@Test
	@DisplayName("S106 a number that was closed while it was watched, and is another's now, is watched as that")
	void reusedNumber() throws IOException {
		int number = this.pipe.readEnd();
		this.loop.addReader(number, () -> this.ran.add("old"));
		Descriptors.close(number);
		runOnce();
		Pipe other = Descriptors.pipe();
		int reused = TestLibC.C.fcntl(other.readEnd(), TestLibC.F_DUPFD_CLOEXEC, number);
		Descriptors.write(other.writeEnd(), ByteBuffer.allocateDirect(1));
		this.loop.addReader(reused, () -> this.ran.add("new"));
		runOnce();
		this.loop.removeReader(reused);
		Descriptors.close(other.readEnd());
		Descriptors.close(other.writeEnd());
		if (reused != number) {
			Descriptors.close(reused);
		}
		assertThat(this.ran).containsExactly("new");
	}

	@Test
	@DisplayName("S105 a writer is called while there is room to write; adding again replaces it")
	void writerIsReplaced() {
		this.loop.addWriter(this.pipe.writeEnd(), () -> this.ran.add("old"));
		this.loop.addWriter(this.pipe.writeEnd(), () -> this.ran.add("new"));
		runOnce();
		assertThat(this.ran).containsExactly("new");
	}

	@Test
	@DisplayName("S106 removing tells whether there was something, and keeps the other direction")
	void removeKeepsTheOtherDirection() {
		int fd = this.pipe.writeEnd();
		assertThat(this.loop.removeReader(fd)).isFalse();
		this.loop.addWriter(fd, () -> this.ran.add("writer"));
		this.loop.addReader(fd, () -> this.ran.add("reader"));
		assertThat(this.loop.removeReader(fd)).isTrue();
		assertThat(this.loop.removeReader(fd)).isFalse();
		runOnce();
		assertThat(this.ran).containsExactly("writer");
		assertThat(this.loop.removeWriter(fd)).isTrue();
		assertThat(this.loop.removeWriter(fd)).isFalse();
		assertThat(this.selector.calls).containsExactly("register 2", "modify 3", "modify 2", "unregister");
	}

	@Test
	@DisplayName("S107 a reader removed between its event and its turn does not run")
	void readerRemovedBeforeItsTurn() throws IOException {
		Pipe second = Descriptors.pipe();
		write();
		Descriptors.write(second.writeEnd(), ByteBuffer.allocateDirect(1));
		this.loop.addReader(this.pipe.readEnd(), () -> removeBoth(second, "first"));
		this.loop.addReader(second.readEnd(), () -> removeBoth(second, "second"));
		runOnce();
		assertThat(this.ran).hasSize(1);
		Descriptors.close(second.readEnd());
		Descriptors.close(second.writeEnd());
	}

	@Test
	@DisplayName("S108 an invalid descriptor, a closed one and a regular file are refused")
	void badDescriptors() throws IOException {
		assertThatIllegalArgumentException().isThrownBy(() -> this.loop.addReader(-1, () -> {
		})).withMessageContaining("-1");
		Pipe closed = Descriptors.pipe();
		Descriptors.close(closed.readEnd());
		Descriptors.close(closed.writeEnd());
		assertThatIllegalArgumentException().isThrownBy(() -> this.loop.addReader(closed.readEnd(), () -> {
		})).withMessageContaining("EBADF");
		java.nio.file.Path file = java.nio.file.Files.createTempFile("eventloop", ".txt");
		java.nio.file.Files.writeString(file, "text");
		try (java.io.FileInputStream input = new java.io.FileInputStream(file.toFile())) {
			int fd = descriptorOf(file);
			assertThatIllegalArgumentException().isThrownBy(() -> this.loop.addReader(fd, () -> {
			})).withMessageContaining("EPERM").withMessageContaining("regular file");
			assertThat(input.read()).isPositive();
		}
		finally {
			java.nio.file.Files.delete(file);
		}
		assertThat(this.loop.removeReader(closed.readEnd())).isFalse();
	}

	@Test
	@DisplayName("S109 a descriptor that belongs to a transport is refused until that is closed")
	void descriptorOfATransportIsRefused() {
		DescriptorTable descriptors = new DescriptorTable(this.selector);
		LoopPipeReactor reactor = new LoopPipeReactor(this.loop, descriptors);
		int fd = this.pipe.readEnd();
		reactor.claim(fd);
		reactor.watchReading(fd, () -> this.ran.add("transport"));
		assertThatIllegalStateException().isThrownBy(() -> descriptors.unclaimed(fd))
			.withMessageContaining("used by a transport");
		reactor.release(fd);
		assertThat(descriptors.unclaimed(fd)).isEqualTo(fd);
		assertThat(descriptors.removeReader(fd)).isFalse();
	}

	@Test
	@DisplayName("S109 the descriptor of a child's pipe is refused")
	void descriptorOfAChildIsRefused() {
		this.loop.runUntilComplete(this.loop.createTask(
				() -> this.loop.subprocess(SubprocessSpec.exec("cat").stdin(Redirect.PIPE).stdout(Redirect.PIPE))
					.thenCompose((child) -> {
						Matcher fd = Pattern.compile("fd=(\\d+)")
							.matcher(child.transport().pipeTransport(1).toString());
						assertThat(fd.find()).isTrue();
						int number = Integer.parseInt(fd.group(1));
						assertThatIllegalStateException().isThrownBy(() -> this.loop.addReader(number, () -> {
						})).withMessageContaining("used by a transport");
						assertThatIllegalStateException().isThrownBy(() -> this.loop.removeReader(number));
						return child.communicate();
					})));
	}

	@Test
	@DisplayName("S110 any number of wake-ups costs one signal to the selector per sleep")
	void wakeUpsAreCoalesced() throws InterruptedException {
		Thread caller = new Thread(() -> {
			for (int i = 0; i < 1000; i++) {
				this.loop.callSoonThreadsafe(() -> this.ran.add("ran"));
			}
			this.loop.callSoonThreadsafe(this.loop::stop);
		});
		this.loop.callSoon(caller::start);
		this.loop.runForever();
		caller.join();
		runOnce();
		assertThat(this.ran).hasSize(1000);
		assertThat(this.selector.wakeups).isLessThanOrEqualTo(this.selector.timeouts.size());
	}

	@Test
	@DisplayName("S111 a writer removed between its event and its turn does not run")
	void writerRemovedBeforeItsTurn() throws IOException {
		write();
		this.loop.addReader(this.pipe.readEnd(), () -> {
			this.ran.add("reader");
			this.loop.removeWriter(this.pipe.writeEnd());
		});
		this.loop.addWriter(this.pipe.writeEnd(), () -> {
			this.ran.add("writer");
			this.loop.removeReader(this.pipe.readEnd());
		});
		runOnce();
		assertThat(this.ran).hasSize(1);
	}

	private void removeBoth(Pipe second, String name) {
		this.ran.add(name);
		this.loop.removeReader(this.pipe.readEnd());
		this.loop.removeReader(second.readEnd());
	}

	private void write() throws IOException {
		Descriptors.write(this.pipe.writeEnd(), ByteBuffer.allocateDirect(1));
	}

	private static int descriptorOf(java.nio.file.Path file) throws IOException {
		String target = file.toRealPath().toString();
		return Proc.descriptors()
			.entrySet()
			.stream()
			.filter((descriptor) -> descriptor.getValue().equals(target))
			.map(Map.Entry::getKey)
			.findFirst()
			.orElseThrow();
	}

	private void runOnce() {
		this.loop.stop();
		this.loop.runForever();
	}

}
