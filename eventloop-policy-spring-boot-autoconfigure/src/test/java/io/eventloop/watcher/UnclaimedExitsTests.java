package io.eventloop.watcher;

import io.eventloop.ChildExit;
import io.eventloop.ExitStatus;
import io.eventloop.SpawnScope;
import io.eventloop.posix.ChildProcess;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class UnclaimedExitsTests {

	private final UnclaimedExits unclaimed = new UnclaimedExits();

	private final ChildProcess process = ChildProcess.of(ProcessHandle.current().pid());

	@Test
	void nothingIsHeldOutsideScopes() {
		assertThat(hold()).isFalse();
		this.unclaimed.enter().close();
		assertThat(hold()).isFalse();
		assertThat(this.unclaimed.find(this.process.pid())).isNull();
	}

	@Test
	@DisplayName("S166 scopes that overlap without end do not keep an exit from before the oldest")
	void scopesThatOverlapWithoutEnd(CapturedOutput output) {
		SpawnScope current = this.unclaimed.enter();
		assertThat(hold()).isTrue();
		SpawnScope next = this.unclaimed.enter();
		assertThat(this.unclaimed.find(this.process.pid())).isSameAs(this.process);
		current.close();
		assertThat(this.unclaimed.find(this.process.pid())).isNull();
		assertThat(output).containsOnlyOnce("process %d (return code 3)".formatted(this.process.pid()));
		next.close();
	}

	@Test
	@DisplayName("S166 an exit is held for every scope that was open when it was taken")
	void heldForEveryScopeOfItsTime(CapturedOutput output) {
		SpawnScope first = this.unclaimed.enter();
		SpawnScope second = this.unclaimed.enter();
		assertThat(hold()).isTrue();
		SpawnScope third = this.unclaimed.enter();
		first.close();
		assertThat(this.unclaimed.find(this.process.pid())).isSameAs(this.process);
		this.unclaimed.forget(this.process.pid());
		second.close();
		third.close();
		assertThat(output).doesNotContain("return code");
	}

	private boolean hold() {
		return this.unclaimed.hold(this.process, new ChildExit(this.process.pid(), new ExitStatus.Exited(3), null));
	}

}
