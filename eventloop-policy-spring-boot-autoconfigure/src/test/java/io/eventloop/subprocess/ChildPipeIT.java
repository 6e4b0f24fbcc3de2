package io.eventloop.subprocess;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
@ParameterizedClass
@EnumSource(names = { "THREADED", "PIDFD", "NONE" })
class ChildPipeIT {

	@RegisterExtension
	private final LoopExtension extension;

	ChildPipeIT(WatcherKind watcher) {
		this.extension = new LoopExtension(watcher);
	}

	@Test
	void whatOneWritesTheOtherReads() throws IOException {
		Subprocess writer;
		Subprocess reader;
		try (ChildPipe pipe = ChildPipe.open()) {
			writer = this.extension.start(SubprocessSpec.exec("seq", "1", "100000").stdout(pipe.writeEnd()));
			reader = this.extension.start(SubprocessSpec.exec("wc", "-l").stdin(pipe.readEnd()).stdout(Redirect.PIPE));
		}
		assertThat(reader.communicate().join().stdoutText()).isEqualTo("100000\n");
		assertThat(writer.onExit().join()).isZero();
	}

	@Test
	void aWriterWhoseReaderHasEndedIsToldSo() throws IOException {
		Subprocess writer;
		try (ChildPipe pipe = ChildPipe.open()) {
			writer = this.extension.start(SubprocessSpec.exec("yes").stdout(pipe.writeEnd()));
			this.extension.start(SubprocessSpec.exec("true").stdin(pipe.readEnd())).onExit().join();
		}
		assertThat(writer.onExit().join()).isEqualTo(this.extension.killedBy(13));
	}

}
