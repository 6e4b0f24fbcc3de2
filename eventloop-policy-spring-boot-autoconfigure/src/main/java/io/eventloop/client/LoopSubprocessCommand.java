package io.eventloop.client;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.eventloop.ChildRestrictions;
import io.eventloop.SubprocessSpec;
import io.eventloop.Teardown;
import org.jspecify.annotations.Nullable;

/**
 * A command of a client: its plan, and the ways to run it.
 */
final class LoopSubprocessCommand implements SubprocessCommand {

	private final ClientSettings client;

	private final CommandPlan plan;

	LoopSubprocessCommand(ClientSettings client, CommandPlan plan) {
		this.client = client;
		this.plan = plan;
	}

	private SubprocessCommand with(CommandPlan changed) {
		return new LoopSubprocessCommand(this.client, changed);
	}

	private SubprocessCommand with(SubprocessSpec changed) {
		return with(this.plan.with(changed));
	}

	private SubprocessCommand with(CommandInput input) {
		return with(this.plan.with(input));
	}

	private SubprocessCommand with(CommandOutput output) {
		return with(this.plan.with(output));
	}

	private SubprocessCommand with(CommandBounds bounds) {
		return with(this.plan.with(bounds));
	}

	@Override
	public SubprocessCommand arguments(String... arguments) {
		return with(this.plan.spec().arguments(arguments));
	}

	@Override
	public SubprocessCommand name(String name) {
		return with(this.plan.spec().name(name));
	}

	@Override
	public SubprocessCommand directory(Path directory) {
		return with(this.plan.spec().directory(directory));
	}

	@Override
	public SubprocessCommand environment(String name, @Nullable String value) {
		SubprocessSpec spec = this.plan.spec();
		return with((value != null) ? spec.addEnvironment(name, value) : spec.removeEnvironment(name));
	}

	@Override
	public SubprocessCommand environment(Map<String, ? extends @Nullable String> variables) {
		SubprocessCommand changed = this;
		for (Map.Entry<String, ? extends @Nullable String> variable : variables.entrySet()) {
			changed = changed.environment(variable.getKey(), variable.getValue());
		}
		return changed;
	}

	@Override
	public SubprocessCommand cleanEnvironment() {
		SubprocessSpec spec = this.plan.spec();
		if (spec.environment() != null) {
			return this;
		}
		Map<String, String> kept = new HashMap<>();
		spec.environmentChanges().forEach((name, value) -> {
			if (value != null) {
				kept.put(name, value);
			}
		});
		return with(spec.environment(kept));
	}

	@Override
	public SubprocessCommand restrictions(ChildRestrictions restrictions) {
		return with(this.plan.spec().restrictions(restrictions));
	}

	@Override
	public SubprocessCommand detached() {
		return with(this.plan.spec().detached());
	}

	@Override
	public SubprocessCommand input(byte[] input) {
		return with(new CommandInput.Bytes(Objects.requireNonNull(input, "'input' must not be null")));
	}

	@Override
	public SubprocessCommand input(String input) {
		return with(new CommandInput.Text(Objects.requireNonNull(input, "'input' must not be null")));
	}

	@Override
	public SubprocessCommand input(Path input) {
		return with(new CommandInput.File(Objects.requireNonNull(input, "'input' must not be null")));
	}

	@Override
	public SubprocessCommand input(InputStream input) {
		return with(new CommandInput.Stream(Objects.requireNonNull(input, "'input' must not be null"),
				new AtomicBoolean()));
	}

	@Override
	public SubprocessCommand input(Flow.Publisher<ByteBuffer> input) {
		return with(new CommandInput.Published(Objects.requireNonNull(input, "'input' must not be null")));
	}

	@Override
	public SubprocessCommand charset(Charset charset) {
		return with(this.plan.output().withCharset(charset));
	}

	@Override
	public SubprocessCommand output(Path file) {
		return withOutput(new OutputTarget.File(file));
	}

	@Override
	public SubprocessCommand output(OutputStream output) {
		return withOutput(new OutputTarget.Stream(output));
	}

	@Override
	public SubprocessCommand discardOutput() {
		return withOutput(new OutputTarget.Discarded());
	}

	@Override
	public SubprocessCommand errorsToOutput() {
		CommandPlan merged = this.plan.with(this.plan.spec().redirectErrorStream(true));
		return with(merged.with(this.plan.output().withErrors(new OutputTarget.Collected())));
	}

	@Override
	public SubprocessCommand errors(Path file) {
		return withErrors(new OutputTarget.File(file));
	}

	@Override
	public SubprocessCommand onLine(Consumer<String> consumer) {
		return withOutput(new OutputTarget.Lines(consumer, null));
	}

	@Override
	public SubprocessCommand onLine(Consumer<String> consumer, Executor executor) {
		return withOutput(new OutputTarget.Lines(consumer, executor));
	}

	@Override
	public SubprocessCommand onErrorLine(Consumer<String> consumer) {
		return withErrors(new OutputTarget.Lines(consumer, null));
	}

	@Override
	public SubprocessCommand onErrorLine(Consumer<String> consumer, Executor executor) {
		return withErrors(new OutputTarget.Lines(consumer, executor));
	}

	private SubprocessCommand withOutput(OutputTarget target) {
		return with(this.plan.output().withOutput(target));
	}

	private SubprocessCommand withErrors(OutputTarget target) {
		CommandPlan separate = this.plan.with(this.plan.spec().redirectErrorStream(false));
		return with(separate.with(this.plan.output().withErrors(target)));
	}

	@Override
	public SubprocessCommand maxOutput(long bytes) {
		return with(this.plan.output().withLimits(limits().withMax(bytes)));
	}

	@Override
	public SubprocessCommand keepHeadAndTail(long head, long tail) {
		return with(this.plan.output().withLimits(limits().withHeadAndTail(head, tail)));
	}

	@Override
	public SubprocessCommand maxLine(int characters) {
		return with(this.plan.output().withLimits(limits().withMaxLine(characters)));
	}

	private OutputLimits limits() {
		return this.plan.output().limits();
	}

	@Override
	public SubprocessCommand timeout(Duration timeout) {
		return with(this.plan.bounds().withTimeout(timeout));
	}

	@Override
	public SubprocessCommand teardown(Teardown teardown) {
		return with(this.plan.bounds().withTeardown(teardown));
	}

	@Override
	public SubprocessCommand drainTimeout(Duration timeout) {
		return with(this.plan.bounds().withDrainTimeout(timeout));
	}

	@Override
	public SubprocessCommand endTreeOnExit() {
		return with(this.plan.bounds().withEndOfTree());
	}

	@Override
	public SubprocessCommand successCodes(int... codes) {
		if (codes.length == 0) {
			throw new IllegalArgumentException(
					"No exit code is success, so every run would fail; give at least one, or use successIf");
		}
		int[] good = codes.clone();
		return successIf((result) -> Arrays.stream(good).anyMatch((code) -> code == result.returnCode()));
	}

	@Override
	public SubprocessCommand successIf(Predicate<SubprocessResult> success) {
		return with(this.plan.with(Objects.requireNonNull(success, "'success' must not be null")));
	}

	@Override
	public SubprocessCommand limit(int max) {
		return limit(ConcurrencyLimit.of(max));
	}

	@Override
	public SubprocessCommand limit(ConcurrencyLimit limit) {
		return with(this.plan.bounds().withLimit(limit));
	}

	@Override
	public SubprocessCommand pipeTo(SubprocessCommand reader) {
		if (!(reader instanceof LoopSubprocessCommand other) || other.client.loop() != this.client.loop()) {
			throw new IllegalArgumentException(
					"%s cannot write to a command of another loop; make both with clients of the same loop"
						.formatted(this.plan.name()));
		}
		return other.with(other.plan.after(this.plan));
	}

	@Override
	public SubprocessResult run() {
		return BlockingRun.of(this.client, this.plan);
	}

	@Override
	public CompletableFuture<SubprocessResult> runAsync() {
		return RunFuture.begin(this.client, this.plan);
	}

	@Override
	public CompletableFuture<RunningSubprocess> start() {
		return StreamedRun.begin(this.client, this.plan);
	}

	@Override
	public Flow.Publisher<String> lines() {
		requireUnread();
		return new OutputPublisher<>(this.client, this.plan,
				(items) -> new LineDecoder(this.plan.name(), this.plan.output(), items));
	}

	@Override
	public Flow.Publisher<ByteBuffer> bytes() {
		requireUnread();
		return new OutputPublisher<>(this.client, this.plan, (items) -> (data) -> items.accept(ByteBuffer.wrap(data)));
	}

	private void requireUnread() {
		if (!this.plan.output().isCollected() || this.plan.spec().isDetached()) {
			throw new IllegalStateException(
					"The output of %s goes elsewhere, so there is none to publish; leave out what sends it there"
						.formatted(this.plan.name()));
		}
	}

	@Override
	public String toString() {
		return "SubprocessCommand[%s]".formatted(this.plan.name());
	}

}
