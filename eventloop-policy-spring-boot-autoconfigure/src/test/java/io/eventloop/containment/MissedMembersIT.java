package io.eventloop.containment;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.eventloop.ChildTree;
import io.eventloop.Signal;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.Teardown;
import io.eventloop.TreeRoot;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Members of a tree that are missed when it is searched, as those are that fork and exit
 * all the time.
 */
@Timeout(60)
class MissedMembersIT {

	@RegisterExtension
	private final LoopExtension extension = new LoopExtension(WatcherKind.PIDFD);

	@Test
	@DisplayName("A teardown that kills ends the members that its look has missed")
	void teardownEndsWhatALookHasMissed() {
		TreeContainment marks = TreeContainment.builder().mechanism(ContainmentMechanism.MARK).build();
		this.extension.loop().setChildContainment((spec) -> new BlindTree(marks.prepare(spec)));
		Subprocess child = this.extension.loop()
			.subprocess(SubprocessSpec
				.shell("setsid sh -c 'trap \"\" TERM; echo $$; while :; do sleep 60 >&-; done' & wait")
				.pipes())
			.join();
		long member = Long.parseLong(new String(child.stdout().readLine().join()).strip());
		Teardown ladder = Teardown.signal(Signal.SIGTERM, Duration.ofSeconds(5)).thenKill();
		assertThat(child.end(ladder).join().ended()).isTrue();
		assertThat(ProcessEntry.read((int) member).filter(ProcessEntry::isAlive)).isEmpty();
	}

	/**
	 * A tree that never finds its members when it is asked for them.
	 *
	 * @param seeing the tree that does
	 */
	private record BlindTree(ChildTree seeing) implements ChildTree {

		@Override
		public SubprocessSpec spec() {
			return this.seeing.spec();
		}

		@Override
		public void started(TreeRoot root) {
			this.seeing.started(root);
		}

		@Override
		public void signal(Signal signal) {
			this.seeing.signal(signal);
		}

		@Override
		public void kill() {
			this.seeing.kill();
		}

		@Override
		public CompletionStage<Void> killed() {
			return this.seeing.killed();
		}

		@Override
		public List<ProcessHandle> members() {
			return List.of();
		}

	}

}
