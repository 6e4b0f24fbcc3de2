package io.eventloop.watcher;

import java.util.function.Supplier;
import java.util.stream.Stream;

import io.eventloop.ChildWatcher;
import io.eventloop.SpawnScope;
import io.eventloop.testsupport.Proc;
import io.eventloop.testsupport.RequireIoUring;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * What all watchers keep, whatever their way; its subclasses run once for each. After
 * each test the process has neither a child, nor a pidfd, nor a waiting thread more than
 * before.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
@ParameterizedClass
@MethodSource("watchers")
public abstract class ChildWatcherContract {

	final Candidate candidate;

	final LoopThread main = new LoopThread("main-loop");

	final RecordedExits exits = new RecordedExits();

	final RecordedExits others = new RecordedExits();

	ChildWatcher watcher;

	WatcherLeftovers before;

	SpawnScope scope;

	ChildWatcherContract(Candidate candidate) {
		this.candidate = candidate;
	}

	public static Stream<Candidate> watchers() {
		return Stream
			.of(new Candidate("threaded", ThreadedChildWatcher::new), new Candidate("pidfd", PidfdChildWatcher::new),
					new Candidate("io-uring", IoUringChildWatcher::new),
					new Candidate("multi-loop", MultiLoopChildWatcher::new),
					new Candidate("safe", SafeChildWatcher::new), new Candidate("fast", FastChildWatcher::new))
			.filter((candidate) -> !candidate.name().equals("io-uring") || !RequireIoUring.isMissing());
	}

	@BeforeEach
	void createWatcher() {
		this.before = WatcherLeftovers.now();
		this.watcher = this.candidate.factory().get();
		this.scope = this.watcher.enter();
		this.main.run(() -> this.watcher.attachLoop(this.main.loop()));
	}

	@AfterEach
	void nothingIsLeftBehind() {
		this.scope.close();
		this.main.run(() -> this.watcher.attachLoop(null));
		this.watcher.close();
		this.main.close();
		this.before.assertNothingMore();
	}

	void register(LoopThread thread, TestChild child, RecordedExits handler) {
		thread.run(() -> this.watcher.addChildHandler(child.pid(), handler));
	}

	/**
	 * What becomes of a dead child without a handler: {@code fast} reaps it too.
	 */
	void awaitAbandoned(long pid) {
		boolean reaped = this.candidate.name().equals("fast");
		WatcherLeftovers.await(() -> Proc.state(pid) == (reaped ? Proc.GONE : Proc.ZOMBIE));
	}

	/**
	 * A watcher to be tested.
	 *
	 * @param name its name
	 * @param factory makes one
	 */
	public record Candidate(String name, Supplier<ChildWatcher> factory) {

		@Override
		public String toString() {
			return this.name;
		}

	}

}
