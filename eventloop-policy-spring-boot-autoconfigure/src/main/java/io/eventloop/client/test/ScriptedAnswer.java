package io.eventloop.client.test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import io.eventloop.ExitStatus;
import io.eventloop.Signal;
import org.jspecify.annotations.Nullable;

/**
 * What a scripted command does, in the order of these calls; at the end it exits with
 * code 0 unless it was said otherwise. Text is UTF-8. To be complete before the command
 * is run. <pre>{@code
 * client.when("ffprobe").prints("{").takes(ofSeconds(3)).prints("}");
 * }</pre>
 *
 * @since 0.1.0
 */
public final class ScriptedAnswer {

	private static final int STDOUT = 1;

	private static final int STDERR = 2;

	private final List<Step> steps = new CopyOnWriteArrayList<>();

	private final Set<Signal> ignored = ConcurrentHashMap.newKeySet();

	private volatile @Nullable IOException startFailure;

	private int left = Integer.MAX_VALUE;

	ScriptedAnswer() {
	}

	/**
	 * It writes a line.
	 * @param line the line, without its end
	 * @return this
	 */
	public ScriptedAnswer prints(String line) {
		return printsText(line + "\n");
	}

	/**
	 * It writes a text.
	 * @param text the text, to which nothing is added
	 * @return this
	 */
	public ScriptedAnswer printsText(String text) {
		return add(new Write(STDOUT, text.getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * It writes a line to its standard error.
	 * @param line the line, without its end
	 * @return this
	 */
	public ScriptedAnswer printsError(String line) {
		return add(new Write(STDERR, (line + "\n").getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * It reads its input to the end, and writes what it makes of it.
	 * @param reply makes its output from its input
	 * @return this
	 */
	public ScriptedAnswer replies(UnaryOperator<String> reply) {
		return add(new Reply(reply));
	}

	/**
	 * It takes its time, on the client's clock, before what follows.
	 * @param time how long
	 * @return this
	 */
	public ScriptedAnswer takes(Duration time) {
		return add(new Pause(time));
	}

	/**
	 * It exits.
	 * @param code its exit code
	 * @return this
	 */
	public ScriptedAnswer exits(int code) {
		return add(new End(new ExitStatus.Exited(code)));
	}

	/**
	 * A signal ends it.
	 * @param signal the signal
	 * @return this
	 */
	public ScriptedAnswer endsBy(Signal signal) {
		return add(new End(new ExitStatus.Signaled(signal.number(), false)));
	}

	/**
	 * It does nothing more, and does not end by itself.
	 * @return this
	 */
	public ScriptedAnswer hangs() {
		return add(new Hang());
	}

	/**
	 * It ignores signals, which would end it otherwise. None ignores SIGKILL.
	 * @param signals the signals
	 * @return this
	 */
	public ScriptedAnswer ignores(Signal... signals) {
		this.ignored.addAll(List.of(signals));
		return this;
	}

	/**
	 * It cannot be started.
	 * @param failure why, such as a {@link java.nio.file.NoSuchFileException}
	 * @return this
	 */
	public ScriptedAnswer cannotStart(IOException failure) {
		this.startFailure = failure;
		return this;
	}

	/**
	 * Give this answer so many times, and then that of a rule before, or none.
	 * @param times how many times
	 * @return this
	 * @throws IllegalArgumentException if it is not positive
	 */
	public synchronized ScriptedAnswer times(int times) {
		if (times < 1) {
			throw new IllegalArgumentException(
					"An answer that is given %d times is never given; give at least 1, or leave the rule out"
						.formatted(times));
		}
		this.left = times;
		return this;
	}

	private ScriptedAnswer add(Step step) {
		this.steps.add(step);
		return this;
	}

	/**
	 * Use it once.
	 * @return {@code false} if it was used as many times as it may be
	 */
	synchronized boolean use() {
		if (this.left == 0) {
			return false;
		}
		this.left--;
		return true;
	}

	List<Step> steps() {
		return this.steps;
	}

	boolean isIgnored(Signal signal) {
		return !signal.equals(Signal.SIGKILL) && this.ignored.contains(signal);
	}

	@Nullable IOException startFailure() {
		return this.startFailure;
	}

	/**
	 * What it does next.
	 */
	sealed interface Step {

	}

	/** It writes. */
	@SuppressWarnings("ArrayRecordComponent")
	record Write(int fd, byte[] data) implements Step {

	}

	/** It reads everything, and writes. */
	record Reply(UnaryOperator<String> reply) implements Step {

	}

	/** It waits. */
	record Pause(Duration time) implements Step {

	}

	/** It ends. */
	record End(ExitStatus status) implements Step {

	}

	/** It waits for good. */
	record Hang() implements Step {

	}

}
