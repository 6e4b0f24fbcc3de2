package io.eventloop.subprocess;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;

import io.eventloop.ChildLimits;
import io.eventloop.LoopFuture;
import io.eventloop.Output;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What exceeds a loop's limits of children fails at once, and affects nothing else.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource(names = { "PIDFD", "THREADED", "NONE" })
class ChildLimitsIT {

	private static final SubprocessSpec SLEEP = SubprocessSpec.exec("sleep", "63");

	@RegisterExtension
	private final LoopExtension extension;

	private final boolean groups;

	ChildLimitsIT(WatcherKind watcher) {
		this.groups = watcher != WatcherKind.NONE;
		this.extension = new LoopExtension(watcher);
	}

	@Test
	@DisplayName("One child more than may be active is refused, and admitted as soon as another has exited")
	void activeChildrenAreLimited() {
		limit(ChildLimits.DEFAULT.withMaxActive(2));
		Subprocess first = this.extension.start(SLEEP);
		Subprocess second = this.extension.start(SLEEP);
		assertRefused(this.extension.loop().subprocess(SLEEP), "2 active children", "eventloop.children.max-active");
		LoopFuture<Subprocess> next = new LoopFuture<>(this.extension.loop());
		first.onExit().thenCompose((code) -> this.extension.loop().subprocess(SLEEP)).whenComplete((child, failure) -> {
			if (failure == null) {
				next.complete(child);
			}
			else {
				next.completeExceptionally(failure);
			}
		});
		first.kill();
		Subprocess third = next.join();
		second.kill();
		third.kill();
		assertThat(second.onExit().join()).isEqualTo(this.extension.killedBy(9));
		assertThat(third.onExit().join()).isEqualTo(this.extension.killedBy(9));
	}

	@Test
	@DisplayName("A launch that fails or is cancelled leaves room")
	void failedLaunchesLeaveRoom() {
		limit(new ChildLimits(1, 1, 1));
		for (int i = 0; i < 3; i++) {
			assertThat(this.extension.loop().subprocess(SubprocessSpec.exec("/no/such/program")))
				.failsWithin(Duration.ofSeconds(10))
				.withThrowableThat()
				.withStackTraceContaining("NoSuchFile");
			LoopFuture<Subprocess> launch = this.extension.loop().subprocess(SLEEP);
			if (!launch.cancel(false)) {
				// It was quicker
				launch.join().kill();
			}
			Awaitility.await().until(() -> !this.extension.loop().isLaunching());
			Awaitility.await().until(() -> this.extension.loop().subprocessTransports().isEmpty());
		}
		assertThat(this.extension.start(SubprocessSpec.exec("true")).onExit().join()).isZero();
	}

	@Test
	@DisplayName("Of a flood of launches, as many as may be pending are started; the others fail at once")
	void pendingLaunchesAreLimited() throws Exception {
		limit(ChildLimits.DEFAULT.withMaxPending(20));
		List<LoopFuture<Subprocess>> launches = new ArrayList<>();
		this.extension.call(() -> {
			// The loop begins none of them before this callback has returned
			for (int i = 0; i < 200; i++) {
				launches.add(this.extension.loop().subprocess(SubprocessSpec.exec("true")));
			}
			return null;
		});
		assertThat(launches.subList(0, 20)).allSatisfy((launch) -> assertThat(launch.join().onExit().join()).isZero());
		assertThat(launches.subList(20, 200))
			.allSatisfy((launch) -> assertRefused(launch, "20 pending launches", "eventloop.children.max-pending"));
	}

	@Test
	@DisplayName("A child that writes more than communicate collects is killed with its group if it leads one, and its streams fail")
	void collectedOutputIsLimited() {
		limit(ChildLimits.DEFAULT.withMaxOutput(100_000));
		SubprocessSpec spec = this.groups
				? SubprocessSpec.shell("head -c 100001 /dev/zero; sleep 63").startNewSession(true)
				: SubprocessSpec.shell("head -c 100001 /dev/zero; exec sleep 63");
		Subprocess child = this.extension.start(spec.pipes());
		LoopFuture<Output> output = child.communicate();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(output::join)
			.withCauseInstanceOf(IOException.class)
			.withMessageContaining("Process %d (/bin/sh) has written more than 100000 bytes to its standard output, "
				.formatted(child.pid()));
		assertThat(child.onDrained().join()).isEqualTo(this.extension.killedBy(9));
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> child.requireStdout().read().join())
			.withMessageContaining("has written more than");
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> child.communicate().join())
			.withMessageContaining("has written more than");
	}

	@Test
	@DisplayName("A limit of its own takes precedence, and an output of exactly the limit is collected")
	void limitOfACall() {
		limit(ChildLimits.DEFAULT.withMaxOutput(10));
		SubprocessSpec spec = SubprocessSpec.shell("head -c 1000000 /dev/zero >&2").pipes();
		assertThat(this.extension.start(spec).communicate(null, 1_000_000).join().stderr()).hasSize(1_000_000);
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> this.extension.start(spec).communicate(null, 999_999).join())
			.withMessageContaining("999999 bytes to its standard error");
		Subprocess silent = this.extension.start(SubprocessSpec.exec("true").pipes());
		assertThatIllegalArgumentException().isThrownBy(() -> silent.communicate(null, -1)).withMessageContaining("-1");
		assertThat(silent.communicate(null, 0).join().stdout()).isEmpty();
	}

	private void limit(ChildLimits limits) {
		this.extension.loop().setChildLimits(limits);
		assertThat(this.extension.loop().getChildLimits()).isEqualTo(limits);
	}

	private static void assertRefused(LoopFuture<Subprocess> launch, String... texts) {
		assertThat(launch).isDone();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(launch::join)
			.withCauseInstanceOf(RejectedExecutionException.class)
			.satisfies((failure) -> assertThat(failure.getMessage()).contains(texts));
	}

}
