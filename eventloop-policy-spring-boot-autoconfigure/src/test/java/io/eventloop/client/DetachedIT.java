package io.eventloop.client;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;

import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.containment.TreeContainment;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import io.eventloop.testsupport.Proc;
import io.eventloop.testsupport.ProcessStat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Detached children outlive what started them.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource(names = { "PIDFD", "IO_URING", "THREADED", "MULTI_LOOP" })
class DetachedIT {

	@RegisterExtension
	private final LoopExtension extension;

	@TempDir
	private Path directory;

	DetachedIT(WatcherKind watcher) {
		this.extension = new LoopExtension(watcher);
	}

	@BeforeEach
	void setContainment() {
		this.extension.loop().setChildContainment(TreeContainment.builder().build());
	}

	@Test
	@DisplayName("A detached child leads a session, carries no mark, outlives its loop's close, and is reaped when it ends")
	void detachedChildOutlivesItsLoop() throws Exception {
		Path marks = this.directory.resolve("marks");
		Subprocess child = this.extension.loop()
			.subprocess(SubprocessSpec.shell("echo \"[$EVENTLOOP_TREE]\" >" + marks + "; exec sleep 98769").detached())
			.join();
		Awaitility.await().untilAsserted(() -> assertThat(marks).hasContent("[]"));
		assertThat(child.transport().isDetached()).isTrue();
		assertThat(ProcessStat.of(child.pid()).session()).isEqualTo(child.pid());
		this.extension.close();
		assertThat(ProcessStat.of(child.pid()).isAlive()).isTrue();
		ProcessHandle.of(child.pid()).orElseThrow().destroyForcibly();
		Awaitility.await().untilAsserted(() -> assertThat(Proc.state(child.pid())).isEqualTo(Proc.GONE));
		assertThat(child.onExit().join()).isEqualTo(this.extension.killedBy(9));
	}

	@Test
	void detachedChildHasNoPipes() {
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> this.extension.loop().subprocess(SubprocessSpec.exec("true").detached().pipes()).join())
			.withCauseInstanceOf(IllegalArgumentException.class)
			.withMessageContaining("true is detached");
	}

	@Test
	@DisplayName("A client starts a detached command with its output in a file, or nowhere")
	void detachedCommand() throws Exception {
		SubprocessClient client = SubprocessClient.create(this.extension.loop());
		File output = this.directory.resolve("out").toFile();
		client.shell("echo done").detached().output(output.toPath()).run();
		assertThat(output).hasContent("done");
		assertThat(client.shell("echo unread").detached().run().text()).isEmpty();
		Path pid = this.directory.resolve("pid");
		var run = client.shell("echo $$ >" + pid + "; exec sleep 98769").detached().runAsync();
		Awaitility.await().until(() -> Files.exists(pid) && Files.size(pid) > 1);
		this.extension.close();
		assertThat(run).isCompletedExceptionally();
		long left = Long.parseLong(Files.readString(pid).strip());
		assertThat(ProcessStat.of(left).isAlive()).isTrue();
		ProcessHandle.of(left).orElseThrow().destroyForcibly();
		Awaitility.await().untilAsserted(() -> assertThat(Proc.state(left)).isEqualTo(Proc.GONE));
	}

	@Test
	void detachedCommandIsNeitherFedNorConsumed() {
		SubprocessCommand detached = SubprocessClient.create(this.extension.loop()).exec("cat").detached();
		assertThatExceptionOfType(SubprocessException.class).isThrownBy(() -> detached.input("text").run())
			.withMessageContaining("cat is detached");
		assertThatExceptionOfType(SubprocessException.class).isThrownBy(() -> detached.onLine((line) -> {
		}).run()).withMessageContaining("cat is detached");
		assertThatIllegalStateException().isThrownBy(detached::lines);
	}

}
