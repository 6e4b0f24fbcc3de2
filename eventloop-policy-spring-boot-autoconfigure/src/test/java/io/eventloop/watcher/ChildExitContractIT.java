package io.eventloop.watcher;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.eventloop.ExitStatus;
import io.eventloop.Signal;
import io.eventloop.SpawnScope;
import io.eventloop.testsupport.Proc;
import io.eventloop.watcher.RecordedExits.Report;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.system.CapturedOutput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * How the exits of children are reported.
 */
class ChildExitContractIT extends ChildWatcherContract {

	ChildExitContractIT(Candidate candidate) {
		super(candidate);
	}

	@Test
	void nameIsTheOneOfTheProperty() {
		assertThat(this.watcher.name()).isEqualTo(this.candidate.name());
	}

	@Test
	@DisplayName("S146 S185 S192 an exit is reported on the registering loop, with pid, code and usage, and reaped")
	void exitIsReported() {
		TestChild child = TestChild.running(7);
		register(this.main, child, this.exits);
		child.end();
		Report report = this.exits.next();
		assertThat(report.pid()).isEqualTo(child.pid());
		assertThat(report.exit().status()).isEqualTo(new ExitStatus.Exited(7));
		assertThat(report.exit().usage()).isNotNull();
		assertThat(report.loop()).isSameAs(this.main.loop());
		assertThat(report.thread()).isEqualTo(this.main.name());
		assertThat(Proc.state(child.pid())).isEqualTo(Proc.GONE);
		assertThat(this.watcher.removeChildHandler(child.pid())).isFalse();
	}

	@Test
	@DisplayName("S151 a child that ended before it was registered is reported")
	void exitBeforeRegistrationIsReported() {
		TestChild child = TestChild.ended(3);
		register(this.main, child, this.exits);
		assertThat(this.exits.next().returnCode()).isEqualTo(3);
		assertThat(Proc.state(child.pid())).isEqualTo(Proc.GONE);
	}

	@Test
	@DisplayName("S145 a live child's handler is not called")
	void aLiveChildIsNotReported() {
		List<TestChild> children = List.of(TestChild.running(1), TestChild.running(2));
		register(this.main, children.get(0), this.exits);
		register(this.main, children.get(1), this.others);
		children.get(1).end();
		this.others.next();
		assertThat(this.exits.isEmpty()).isTrue();
		children.get(0).end();
		assertThat(this.exits.next().returnCode()).isOne();
	}

	@Test
	@DisplayName("S154 a child that is stopped and goes on has not ended")
	void stoppedChildHasNotEnded() {
		TestChild child = TestChild.running(7);
		register(this.main, child, this.exits);
		child.process().signal(Signal.SIGSTOP);
		WatcherLeftovers.await(() -> Proc.state(child.pid()) == 'T');
		TestChild another = TestChild.running(8);
		register(this.main, another, this.others);
		another.end();
		assertThat(this.others.next().returnCode()).isEqualTo(8);
		child.process().signal(Signal.SIGCONT);
		assertThat(this.exits.isEmpty()).isTrue();
		child.end();
		assertThat(this.exits.next().returnCode()).isEqualTo(7);
	}

	@Test
	@DisplayName("S150 a child that a signal ended has minus its number")
	void signalIsReported() {
		TestChild child = TestChild.running(0);
		register(this.main, child, this.exits);
		child.kill();
		Report report = this.exits.next();
		assertThat(report.exit().status()).isEqualTo(new ExitStatus.Signaled(9, false));
		assertThat(report.returnCode()).isEqualTo(-9);
	}

	@Test
	@DisplayName("S157 S186 S193 a status that other code takes is reported as lost, 255, with a warning")
	void stolenStatusIsLost(CapturedOutput output) {
		TestChild child = TestChild.running(7);
		register(this.main, child, this.exits);
		CountDownLatch goOn = this.main.block();
		child.end();
		child.steal();
		goOn.countDown();
		Report report = this.exits.next();
		assertThat(report.exit().status()).isInstanceOf(ExitStatus.Lost.class);
		assertThat(report.returnCode()).isEqualTo(255);
		assertThat(report.exit().usage()).isNull();
		assertThat(output).contains("WARN").contains("Lost the exit status of child process %d".formatted(child.pid()));
	}

	@Test
	@DisplayName("S197 a child that was reaped before it was registered is lost, not an error")
	void vanishedChildIsLost() {
		CountDownLatch goOn = this.main.block();
		TestChild child = TestChild.ended(7);
		child.steal();
		goOn.countDown();
		register(this.main, child, this.exits);
		Report report = this.exits.next();
		assertThat(report.exit().status()).isInstanceOf(ExitStatus.Lost.class);
		assertThat(report.loop()).isSameAs(this.main.loop());
	}

	@Test
	@DisplayName("S186 S193 a process that is no child of this one is lost; pidfd alone waits for its end")
	void foreignProcessIsLost() {
		long parent = ProcessHandle.current().parent().orElseThrow().pid();
		this.main.run(() -> this.watcher.addChildHandler(parent, this.exits));
		if (this.candidate.name().equals("pidfd")) {
			assertThat(this.watcher.removeChildHandler(parent)).isTrue();
			return;
		}
		assertThat(this.exits.next().exit().status()).isInstanceOf(ExitStatus.Lost.class);
	}

	@Test
	@DisplayName("S164 a pid must be positive")
	void pidMustBePositive() {
		this.main.run(() -> {
			for (long pid : new long[] { 0, -1, Long.MIN_VALUE }) {
				assertThatIllegalArgumentException().isThrownBy(() -> this.watcher.addChildHandler(pid, this.exits))
					.withMessageContaining("process " + pid + "; register the positive pid");
			}
		});
	}

	@Test
	@DisplayName("S149 200 children that end at once are all reported, each with its code")
	void manyAtOnce() {
		int[] codes = IntStream.range(0, 200).map((i) -> i % 100).toArray();
		List<TestChild> children = TestChild.together(codes);
		this.main.run(() -> children.forEach((child) -> this.watcher.addChildHandler(child.pid(), this.exits)));
		children.get(0).end();
		long[] pids = children.stream().mapToLong(TestChild::pid).toArray();
		for (int i = 0; i < pids.length; i++) {
			Report report = this.exits.next();
			int index = IntStream.range(0, pids.length)
				.filter((n) -> pids[n] == report.pid())
				.findFirst()
				.orElseThrow();
			assertThat(report.returnCode()).isEqualTo(codes[index]);
		}
		assertThat(this.exits.isEmpty()).isTrue();
		assertThat(Arrays.stream(pids)).allMatch((pid) -> Proc.state(pid) == Proc.GONE);
	}

	@Test
	@DisplayName("S181 a closed watcher takes no children; those it has are reported all the same")
	void closedWatcherReportsWhatItHas() {
		TestChild child = TestChild.running(8);
		TestChild refused = TestChild.ended(0);
		register(this.main, child, this.exits);
		assertThat(this.watcher.isActive()).isTrue();
		this.scope.close();
		this.watcher.close();
		this.watcher.close();
		assertThat(this.watcher.isActive()).isFalse();
		this.main.run(() -> assertThatIllegalStateException()
			.isThrownBy(() -> this.watcher.addChildHandler(refused.pid(), this.others))
			.withMessageContaining("the %s child watcher is closed", this.candidate.name()));
		child.end();
		assertThat(this.exits.next().returnCode()).isEqualTo(8);
		refused.reap();
	}

	@Test
	@DisplayName("S166 S181 a watcher that is closed within a scope takes the scope's children, and then no more")
	void closedWatcherTakesTheChildrenOfOpenScopes() {
		TestChild child = TestChild.ended(6);
		TestChild late = TestChild.ended(0);
		this.watcher.close();
		assertThat(this.watcher.isActive()).isFalse();
		SpawnScope tooLate = this.watcher.enter();
		register(this.main, child, this.exits);
		assertThat(this.exits.next().returnCode()).isEqualTo(6);
		this.scope.close();
		this.main.run(() -> assertThatIllegalStateException()
			.isThrownBy(() -> this.watcher.addChildHandler(late.pid(), this.others))
			.withMessageContaining("the %s child watcher is closed", this.candidate.name()));
		tooLate.close();
		late.reap();
	}

	@Test
	@DisplayName("S143 S166 a child is spawned and registered within a scope; scopes nest, end twice, and end elsewhere")
	void scopesNest() throws Exception {
		SpawnScope outer = this.watcher.enter();
		SpawnScope inner = this.watcher.enter();
		TestChild child = TestChild.ended(2);
		inner.close();
		inner.close();
		register(this.main, child, this.exits);
		Thread elsewhere = new Thread(outer::close);
		elsewhere.start();
		elsewhere.join(10_000);
		outer.close();
		assertThat(this.exits.next().returnCode()).isEqualTo(2);
	}

}
