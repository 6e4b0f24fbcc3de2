package io.eventloop.watcher;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoops;
import io.eventloop.ExitStatus;
import io.eventloop.Signal;
import io.eventloop.SpawnScope;
import io.eventloop.testsupport.Proc;
import io.eventloop.watcher.RecordedExits.Report;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes wrong around a watcher, and must not harm it. What takes a JVM of its own is
 * in {@link FaultyJvmIT}.
 */
class FaultsIT extends ChildWatcherContract {

	private final long descriptors = Proc.descriptorsOfChildren();

	FaultsIT(Candidate candidate) {
		super(candidate);
	}

	@Test
	@DisplayName("S149 2,000 children that die at one kill are each reported once")
	void twoThousandDieAtOneKill() {
		List<TestChild> children = TestChild.inOneGroup(2000);
		this.main.run(() -> children.forEach((child) -> this.watcher.addChildHandler(child.pid(), this.exits)));
		long open = Proc.descriptorsOfChildren();
		assertThat(open - this.descriptors).isLessThan(this.candidate.name().equals("pidfd") ? 2100 : 100);
		children.get(0).process().signalGroup(Signal.SIGKILL);
		Set<Long> reported = new HashSet<>();
		for (int i = 0; i < children.size(); i++) {
			Report report = this.exits.next();
			assertThat(report.exit().status()).isEqualTo(new ExitStatus.Signaled(Signal.SIGKILL.number(), false));
			assertThat(reported.add(report.pid())).isTrue();
		}
		children.get(0).end();
		this.main.run(() -> {
		});
		assertThat(this.exits.isEmpty()).isTrue();
	}

	@Test
	@DisplayName("S147 S182 a storm of SIGCHLD from elsewhere neither reports nor hides anything")
	void stormOfSignals() throws Exception {
		Process storm = new ProcessBuilder("/bin/sh", "-c", "while kill -s CHLD $PPID; do :; done").start();
		SpawnScope scope = this.watcher.enter();
		try {
			for (int i = 1; i <= 100; i++) {
				TestChild child = TestChild.running(i);
				register(this.main, child, this.exits);
				child.end();
				Report report = this.exits.next();
				assertThat(report.pid()).isEqualTo(child.pid());
				assertThat(report.returnCode()).isEqualTo(i);
			}
		}
		finally {
			storm.destroyForcibly();
			assertThat(storm.waitFor(20, TimeUnit.SECONDS)).isTrue();
			scope.close();
		}
		this.main.run(() -> {
		});
		assertThat(this.exits.isEmpty()).isTrue();
	}

	@Test
	@DisplayName("S150 a child that is killed before it runs its program is reported as killed")
	void killedBeforeExec() {
		int killed = 0;
		try (EarlyKiller killer = new EarlyKiller()) {
			for (int i = 0; i < 500 || (killer.kills() == 0 && i < 5000); i++) {
				TestChild child = TestChild.exiting(7);
				register(this.main, child, this.exits);
				Report report = this.exits.next();
				assertThat(report.pid()).isEqualTo(child.pid());
				assertThat(report.returnCode()).isIn(7, -Signal.SIGKILL.number());
				killed += (report.returnCode() < 0) ? 1 : 0;
			}
			assertThat(killed).isLessThanOrEqualTo(killer.kills());
		}
	}

	@Test
	@DisplayName("S162 S181 a watcher that is replaced while children of it are alive reports them, beside the new one")
	void replacedWithChildrenAlive() {
		EventLoops.setChildWatcher(this.watcher);
		RecordedExits ofTheNew = new RecordedExits();
		List<TestChild> children = TestChild.together(3, 4);
		register(this.main, children.get(0), this.exits);
		register(this.main, children.get(1), this.exits);
		ChildWatcher replacement = this.candidate.factory().get();
		this.main.run(() -> replacement.attachLoop(this.main.loop()));
		EventLoops.setChildWatcher(replacement);
		assertThat(this.watcher.isActive()).isFalse();
		SpawnScope scope = replacement.enter();
		TestChild another = TestChild.running(5);
		this.main.run(() -> replacement.addChildHandler(another.pid(), ofTheNew));
		scope.close();
		children.get(0).end();
		assertThat(List.of(this.exits.next().returnCode(), this.exits.next().returnCode())).containsExactlyInAnyOrder(3,
				4);
		another.end();
		assertThat(ofTheNew.next().returnCode()).isEqualTo(5);
		this.scope.close();
		EventLoops.setChildWatcher(null);
		EventLoops.setEventLoopPolicy(null);
		assertThat(this.exits.isEmpty()).isTrue();
		assertThat(ofTheNew.isEmpty()).isTrue();
		WatcherLeftovers.await(() -> !Proc.catches(Signal.SIGCHLD));
	}

}
