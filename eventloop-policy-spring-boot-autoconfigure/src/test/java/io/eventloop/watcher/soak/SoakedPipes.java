package io.eventloop.watcher.soak;

import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.eventloop.Output;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.watcher.soak.SoakSums.Count;

/**
 * Children that the soak talks to, and those that cannot be started.
 */
final class SoakedPipes {

	private static final int PATIENCE_SECONDS = 60;

	private SoakedPipes() {
	}

	/**
	 * They echo what they are told, through pipes of their own.
	 */
	static void echoing(SoakLane lane) throws Exception {
		List<Conversation> conversations = new ArrayList<>();
		for (int i = 0; i < 16; i++) {
			int code = lane.nextCode();
			CompletableFuture<Subprocess> child = lane.loop()
				.loop()
				.subprocess(SubprocessSpec.shell("cat; exit " + code).pipes());
			byte[] input = ("to the child that ends with " + code).getBytes(StandardCharsets.UTF_8);
			conversations
				.add(new Conversation(child, child.thenCompose((started) -> started.communicate(input)), input, code));
		}
		for (Conversation conversation : conversations) {
			conversation.check(lane.sums());
		}
	}

	/**
	 * There is no such program, or it may not be executed.
	 */
	static void failing(SoakLane lane) throws Exception {
		for (int i = 0; i < 4; i++) {
			lane.sums().add(Count.SPAWN_FAILURES, 2);
			requireFailure(lane, SubprocessSpec.exec("/nonexistent/program").pipes(), NoSuchFileException.class);
			requireFailure(lane, SubprocessSpec.exec("/usr").pipes(), AccessDeniedException.class);
		}
	}

	private static void requireFailure(SoakLane lane, SubprocessSpec spec, Class<? extends Exception> type)
			throws Exception {
		Throwable failure = lane.loop()
			.loop()
			.subprocess(spec)
			.handle((child, error) -> error)
			.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		if (!type.isInstance(failure)) {
			throw new AssertionError("A spawn was to fail with " + type.getName(), failure);
		}
	}

	private record Conversation(CompletableFuture<Subprocess> child, CompletableFuture<Output> output, byte[] input,
			int code) {

		void check(SoakSums sums) throws Exception {
			sums.add(Count.CHILDREN);
			Output said = this.output.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
			int returnCode = this.child.join().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
			if (returnCode != this.code) {
				sums.add(Count.WRONG_CODES);
			}
			if (!Arrays.equals(said.stdout(), this.input)) {
				throw new AssertionError("A child's output differs from its input");
			}
		}

	}

}
