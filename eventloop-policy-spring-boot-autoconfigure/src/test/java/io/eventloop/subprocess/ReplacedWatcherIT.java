package io.eventloop.subprocess;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoops;
import io.eventloop.SubprocessSpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
class ReplacedWatcherIT {

	private static final int CHILDREN = 20;

	private static final int ROUNDS = 20;

	private final WatcherKind kind;

	@RegisterExtension
	private final LoopExtension extension;

	ReplacedWatcherIT(WatcherKind kind) {
		this.kind = kind;
		this.extension = new LoopExtension(kind);
	}

	@Test
	@DisplayName("S166 S181 children on their way when the watcher is replaced are reported as those that follow")
	void childrenOnTheirWayAreReported() throws Exception {
		List<CompletableFuture<Integer>> codes = new ArrayList<>();
		this.extension.run(() -> {
			codes.addAll(launch());
			ChildWatcher replacement = this.kind.create();
			replacement.attachLoop(this.extension.loop());
			EventLoops.setChildWatcher(replacement);
			codes.addAll(launch());
		});
		assertThat(this.extension.watcher().isActive()).isFalse();
		for (int index = 0; index < codes.size(); index++) {
			assertThat(codes.get(index).join()).isEqualTo(index % CHILDREN);
		}
	}

	@Test
	@DisplayName("While watchers are replaced from another thread every launch finds one that is active")
	void launchesWhileWatchersAreReplaced() throws Exception {
		AtomicBoolean over = new AtomicBoolean();
		CompletableFuture<Integer> replacing = CompletableFuture.supplyAsync(() -> replaceUntil(over));
		for (int round = 0; round < ROUNDS; round++) {
			List<CompletableFuture<Integer>> codes = launch();
			for (int code = 0; code < CHILDREN; code++) {
				assertThat(codes.get(code).get(20, TimeUnit.SECONDS)).isEqualTo(code);
			}
		}
		over.set(true);
		assertThat(replacing.get(20, TimeUnit.SECONDS)).isGreaterThan(ROUNDS);
	}

	private int replaceUntil(AtomicBoolean over) {
		int replaced = 0;
		while (!over.get()) {
			ChildWatcher replacement = this.kind.create();
			try {
				this.extension.run(() -> replacement.attachLoop(this.extension.loop()));
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
			EventLoops.setChildWatcher(replacement);
			replaced++;
		}
		return replaced;
	}

	private List<CompletableFuture<Integer>> launch() {
		return IntStream.range(0, CHILDREN)
			.mapToObj((code) -> this.extension.loop()
				.subprocess(SubprocessSpec.shell("exit " + code))
				.thenCompose((child) -> child.onExit()))
			.toList();
	}

}
