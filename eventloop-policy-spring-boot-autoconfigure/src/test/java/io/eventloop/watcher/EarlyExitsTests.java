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
class EarlyExitsTests {

	private final EarlyExits early = new EarlyExits();

	private final ChildProcess process = ChildProcess.of(ProcessHandle.current().pid());

	@Test
	void nothingIsHeldOutsideScopes() {
		assertThat(hold()).isFalse();
		this.early.enter().close();
		assertThat(hold()).isFalse();
		assertThat(this.early.find(this.process.pid())).isNull();
	}

	@Test
	@DisplayName("S166 scopes that overlap without end do not keep an exit from before the oldest")
	void scopesThatOverlapWithoutEnd(CapturedOutput output) {
		SpawnScope current = this.early.enter();
		assertThat(hold()).isTrue();
		SpawnScope next = this.early.enter();
		assertThat(this.early.find(this.process.pid())).isSameAs(this.process);
		current.close();
		assertThat(this.early.find(this.process.pid())).isNull();
		assertThat(output).containsOnlyOnce("process %d (return code 3)".formatted(this.process.pid()));
		next.close();
	}

	@Test
	@DisplayName("S166 an exit is held for every scope that was open when it was taken")
	void heldForEveryScopeOfItsTime(CapturedOutput output) {
		SpawnScope first = this.early.enter();
		SpawnScope second = this.early.enter();
		assertThat(hold()).isTrue();
		SpawnScope third = this.early.enter();
		first.close();
		assertThat(this.early.find(this.process.pid())).isSameAs(this.process);
		this.early.forget(this.process.pid());
		second.close();
		third.close();
		assertThat(output).doesNotContain("return code");
	}

	private boolean hold() {
		return this.early.hold(this.process, new ChildExit(this.process.pid(), new ExitStatus.Exited(3), null));
	}

}
