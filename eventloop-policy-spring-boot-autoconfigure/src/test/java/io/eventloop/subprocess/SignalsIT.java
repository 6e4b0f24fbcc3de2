package io.eventloop.subprocess;

import io.eventloop.ProcessLookupException;
import io.eventloop.Signal;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.testsupport.ProcessStat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(60)
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
class SignalsIT {

	@RegisterExtension
	private final LoopExtension extension;

	SignalsIT(WatcherKind watcher) {
		this.extension = new LoopExtension(watcher);
	}

	private Subprocess sleeper() {
		return this.extension.start(SubprocessSpec.exec("sleep", "60"));
	}

	@Test
	@DisplayName("S220 kill, terminate and other signals give minus their number")
	void signalsGiveMinusTheirNumber() {
		Subprocess killed = sleeper();
		killed.kill();
		assertThat(killed.onExit().join()).isEqualTo(-9);
		Subprocess terminated = sleeper();
		terminated.terminate();
		assertThat(terminated.onExit().join()).isEqualTo(-15);
		Subprocess signalled = sleeper();
		signalled.sendSignal(Signal.SIGHUP);
		assertThat(signalled.onExit().join()).isEqualTo(-1);
		assertThat(signalled.returnCode()).hasValue(-1);
	}

	@Test
	@DisplayName("S220 a signal that the child handles does what the child says")
	void childMayHandleASignal() {
		Subprocess child = this.extension
			.shell("trap 'echo caught; exit 7' USR1; echo ready; while :; do sleep 0.01; done");
		child.stdout().readLine().join();
		child.sendSignal(Signal.SIGUSR1);
		assertThat(child.stdout().read().join()).asString().isEqualTo("caught\n");
		assertThat(child.onExit().join()).isEqualTo(7);
	}

	@Test
	@DisplayName("S221 killing a shell whose child holds the pipe does not hang")
	void killsAShell() {
		Subprocess shell = this.extension
			.start(SubprocessSpec.shell("sleep 60 & echo begun; wait").pipes().processGroup(0));
		shell.stdout().readLine().join();
		shell.kill();
		assertThat(shell.onExit().join()).isEqualTo(-9);
		assertThat(shell.onDrained()).isNotDone();
		shell.transport().close();
		assertThat(shell.onDrained().join()).isEqualTo(-9);
		assertThat(killGroup(shell.pid())).isZero();
	}

	/**
	 * End what a killed shell has left in its group.
	 */
	private int killGroup(long group) {
		return this.extension.start(SubprocessSpec.exec("kill", "-9", "--", "-" + group)).onExit().join();
	}

	@Test
	@DisplayName("S222 signalling a finished child is a ProcessLookupException")
	void refusesToSignalAFinishedChild() {
		Subprocess child = this.extension.start(SubprocessSpec.exec("true").processGroup(0));
		child.onExit().join();
		assertThatExceptionOfType(ProcessLookupException.class).isThrownBy(() -> child.sendSignal(Signal.SIGHUP))
			.withMessageContaining(String.valueOf(child.pid()));
		assertThatExceptionOfType(ProcessLookupException.class)
			.isThrownBy(() -> child.sendSignalToGroup(Signal.SIGKILL));
	}

	@Test
	@DisplayName("S222 ending a child tells whether it was still alive")
	void endingAFinishedChildTellsSo() {
		Subprocess child = this.extension.start(SubprocessSpec.exec("sleep", "60").processGroup(0));
		assertThat(child.killGroup()).isTrue();
		child.onExit().join();
		assertThat(child.kill()).isFalse();
		assertThat(child.terminate()).isFalse();
		assertThat(child.killGroup()).isFalse();
		assertThat(child.terminateGroup()).isFalse();
	}

	@Test
	@DisplayName("A signal to the group reaches grandchildren")
	void groupSignalReachesGrandchildren() {
		Subprocess shell = this.extension
			.start(SubprocessSpec.shell("sleep 60 & echo $!; wait").pipes().processGroup(0));
		long grandchild = Long.parseLong(new String(shell.stdout().readLine().join()).strip());
		shell.terminateGroup();
		assertThat(shell.onDrained().join()).as("drained: the grandchild holds the pipe no more").isEqualTo(-15);
		Awaitility.await().until(() -> ProcessStat.find(grandchild).filter((stat) -> stat.state() != 'Z').isEmpty());
	}

	@Test
	@DisplayName("A signal to the group is refused where the child shares the JVM's")
	void refusesToSignalOurOwnGroup() {
		Subprocess child = sleeper();
		assertThatIllegalStateException().isThrownBy(child::killGroup)
			.withMessageContaining("shares this JVM's process group")
			.withMessageContaining("processGroup(0)");
		child.kill();
		child.onExit().join();
	}

}
