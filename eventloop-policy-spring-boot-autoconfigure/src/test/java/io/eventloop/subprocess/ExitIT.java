package io.eventloop.subprocess;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.eventloop.LoopFuture;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
@ParameterizedClass
@EnumSource
class ExitIT {

	@RegisterExtension
	private final LoopExtension extension;

	ExitIT(WatcherKind watcher) {
		this.extension = new LoopExtension(watcher);
	}

	@Test
	@DisplayName("S216 many who wait all get the code, in the order in which they came")
	void manyWait() throws Exception {
		Subprocess child = this.extension.start(SubprocessSpec.shell("read x; exit 3").pipes());
		List<Integer> order = new CopyOnWriteArrayList<>();
		this.extension.run(
				() -> IntStream.range(0, 100).forEach((i) -> child.onExit().thenAccept((code) -> order.add(i + code))));
		child.stdin().close();
		assertThat(child.onExit().join()).isEqualTo(3);
		assertThat(order).containsExactlyElementsOf(IntStream.range(3, 103).boxed().toList());
	}

	@Test
	@DisplayName("S216 who asks after the exit is told at once")
	void knownExitIsToldAtOnce() throws Exception {
		Subprocess child = this.extension.start(SubprocessSpec.shell("exit 5"));
		child.onExit().join();
		assertThat(child.onExit()).isCompletedWithValue(5);
		assertThat(this.extension.call(child::onExit)).isCompletedWithValue(5);
	}

	@Test
	@DisplayName("S217 a cancelled wait disturbs neither the child nor others who wait")
	void cancelledWaitDisturbsNobody() {
		Subprocess child = this.extension.start(SubprocessSpec.shell("read x; exit 4").pipes());
		LoopFuture<Integer> cancelled = child.onExit();
		LoopFuture<Integer> other = child.onExit();
		cancelled.cancel(true);
		assertThatExceptionOfType(CancellationException.class).isThrownBy(cancelled::join);
		assertThat(ProcessHandle.of(child.pid()))
			.hasValueSatisfying((process) -> assertThat(process.isAlive()).isTrue());
		child.stdin().close();
		assertThat(other.join()).isEqualTo(4);
		assertThat(child.onDrained().join()).isEqualTo(4);
	}

	@Test
	@DisplayName("S218 onExit completes at the exit though a grandchild holds the pipes, onDrained when it lets go")
	void exitedIsNotDrained() {
		this.extension.requireWatcher("closes the pipes at the exit");
		Subprocess child = this.extension.shell("exec 3<&0; (read x <&3; echo from the grandchild) & exit 6");
		LoopFuture<Integer> drained = child.onDrained();
		assertThat(child.onExit().join()).isEqualTo(6);
		assertThat(drained).isNotDone();
		assertThat(child.onDrained()).isNotDone();
		child.stdin().write("\n".getBytes(UTF_8));
		assertThat(drained.join()).isEqualTo(6);
		assertThat(child.stdout().read().join()).asString().isEqualTo("from the grandchild\n");
	}

	@Test
	@DisplayName("S219 the code is empty while it runs, and known afterwards without waiting")
	void codeIsKnownWithoutWaiting() {
		Subprocess child = this.extension.start(SubprocessSpec.shell("read x; exit 9").pipes());
		assertThat(child.returnCode()).isEmpty();
		child.stdin().close();
		Awaitility.await().until(() -> child.returnCode().isPresent());
		assertThat(child.returnCode()).hasValue(9);
	}

	@Test
	@DisplayName("S219 the code is known though the loop is busy")
	void codeIsKnownThoughTheLoopIsBusy() throws Exception {
		Subprocess child = this.extension.start(SubprocessSpec.exec("true"));
		this.extension.run(() -> Awaitility.await().pollInSameThread().until(() -> child.returnCode().isPresent()));
		assertThat(child.onExit()).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(0);
	}

	@Test
	@DisplayName("A child that has ended is in no snapshot of the loop's children")
	void endedChildIsInNoSnapshot() {
		Subprocess child = this.extension.start(SubprocessSpec.shell("read x").pipes());
		assertThat(this.extension.loop().subprocessTransports()).containsExactly(child.transport());
		child.stdin().close();
		child.onExit().join();
		assertThat(this.extension.loop().subprocessTransports()).isEmpty();
	}

}
