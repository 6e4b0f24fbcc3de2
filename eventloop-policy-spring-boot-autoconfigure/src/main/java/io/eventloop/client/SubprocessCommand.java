package io.eventloop.client;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.eventloop.ChildRestrictions;
import io.eventloop.Teardown;
import org.jspecify.annotations.Nullable;

/**
 * A program to run, and how. Immutable: every method that changes something returns a new
 * command, and one command may be run many times. Unless said otherwise its input is
 * empty, its output is collected, 64 MB at most, it has no deadline, and exit code 0 is
 * success. May be used from any thread.
 *
 * @since 0.1.0
 */
public interface SubprocessCommand {

	/**
	 * Add arguments. Those of a {@linkplain SubprocessClient#shell(String) shell command}
	 * are {@code "$1"} and so on to it.
	 * @param arguments what to add
	 * @return a new command
	 */
	SubprocessCommand arguments(String... arguments);

	/**
	 * Name what it does, for logs and meters; see
	 * {@link io.eventloop.SubprocessSpec#name(String)}.
	 * @param name the name
	 * @return a new command
	 */
	SubprocessCommand name(String name);

	/**
	 * Run it in a directory.
	 * @param directory the directory
	 * @return a new command
	 */
	SubprocessCommand directory(Path directory);

	/**
	 * Set a variable on top of the parent's environment.
	 * @param name the variable's name
	 * @param value its value, or {@code null} to take the variable away
	 * @return a new command
	 */
	SubprocessCommand environment(String name, @Nullable String value);

	/**
	 * Set variables on top of the parent's environment.
	 * @param variables their values, {@code null} to take one away
	 * @return a new command
	 */
	SubprocessCommand environment(Map<String, ? extends @Nullable String> variables);

	/**
	 * Give it nothing of the parent's environment. What was set, or will be, stays.
	 * @return a new command
	 */
	SubprocessCommand cleanEnvironment();

	/**
	 * Have it outlive what started it, as a daemon does; see
	 * {@link io.eventloop.SubprocessSpec#detached()}. It has no pipes: its output is
	 * discarded unless it goes to a file, and it has no input unless it comes from one. A
	 * deadline, or to give the run up, ends it all the same.
	 * @return a new command
	 */
	SubprocessCommand detached();

	/**
	 * Set what it may not do, or use up; see
	 * {@link io.eventloop.SubprocessSpec#restrictions(ChildRestrictions)}. A program that
	 * exceeds the limit of its processor time, or of a file's size, fails with a
	 * {@link SubprocessFailedException} that says so.
	 * @param restrictions the restrictions, in place of earlier ones
	 * @return a new command
	 */
	SubprocessCommand restrictions(ChildRestrictions restrictions);

	/**
	 * Give it bytes to read.
	 * @param input the bytes, which are not copied
	 * @return a new command
	 * @throws IllegalStateException if it has an input
	 */
	SubprocessCommand input(byte[] input);

	/**
	 * Give it text to read, in the {@linkplain #charset(Charset) charset}.
	 * @param input the text
	 * @return a new command
	 * @throws IllegalStateException if it has an input
	 */
	SubprocessCommand input(String input);

	/**
	 * Give it a file to read, which does not pass this process.
	 * @param input the file
	 * @return a new command
	 * @throws IllegalStateException if it has an input
	 */
	SubprocessCommand input(Path input);

	/**
	 * Give it a stream to read. A thread of the loop's executor reads it as fast as the
	 * child does, and closes it. Such a command runs once.
	 * @param input the stream
	 * @return a new command
	 * @throws IllegalStateException if it has an input
	 */
	SubprocessCommand input(InputStream input);

	/**
	 * Give it what a publisher publishes, as fast as the child reads. A failure of the
	 * publisher is a teardown, and the run's failure; the publisher is cancelled when the
	 * child reads no more.
	 * @param input the publisher, subscribed to once per run
	 * @return a new command
	 * @throws IllegalStateException if it has an input
	 */
	SubprocessCommand input(Flow.Publisher<ByteBuffer> input);

	/**
	 * Set the charset of texts and lines, UTF-8 unless said otherwise.
	 * @param charset the charset
	 * @return a new command
	 */
	SubprocessCommand charset(Charset charset);

	/**
	 * Have its output written to a file, which is truncated. It does not pass this
	 * process, and no limit holds for it.
	 * @param file the file
	 * @return a new command
	 */
	SubprocessCommand output(Path file);

	/**
	 * Have its output written to a stream, as it comes. A thread of the loop's executor
	 * writes and flushes it; the child waits meanwhile. No limit holds for it. A failure
	 * of the stream is a teardown, and the run's failure.
	 * @param output the stream, which is not closed. A write in progress is not waited
	 * for where the run is torn down
	 * @return a new command
	 */
	SubprocessCommand output(OutputStream output);

	/**
	 * Have its output thrown away.
	 * @return a new command
	 */
	SubprocessCommand discardOutput();

	/**
	 * Have its standard error go where its standard output goes.
	 * @return a new command
	 */
	SubprocessCommand errorsToOutput();

	/**
	 * Have its standard error written to a file, which is truncated. It does not pass
	 * this process, so the message of a failure has none of it.
	 * @param file the file
	 * @return a new command
	 */
	SubprocessCommand errors(Path file);

	/**
	 * Call back for each line of its output, on the loop, instead of collecting it. The
	 * line has no line end. A consumer that throws is a teardown, and the run's failure.
	 * @param consumer what to call
	 * @return a new command
	 */
	SubprocessCommand onLine(Consumer<String> consumer);

	/**
	 * Call back for each line of its output in an executor, one after the other. The
	 * child waits for a consumer that is slow.
	 * @param consumer what to call
	 * @param executor where to call it
	 * @return a new command
	 */
	SubprocessCommand onLine(Consumer<String> consumer, Executor executor);

	/**
	 * Call back for each line of its standard error, as {@link #onLine(Consumer)}.
	 * @param consumer what to call
	 * @return a new command
	 */
	SubprocessCommand onErrorLine(Consumer<String> consumer);

	/**
	 * Call back for each line of its standard error, as
	 * {@link #onLine(Consumer, Executor)}.
	 * @param consumer what to call
	 * @param executor where to call it
	 * @return a new command
	 */
	SubprocessCommand onErrorLine(Consumer<String> consumer, Executor executor);

	/**
	 * Limit what is collected of both outputs together. Beyond it a run is torn down and
	 * fails with {@link OutputLimitException}.
	 * @param bytes how much
	 * @return a new command
	 * @throws IllegalArgumentException if it is not positive
	 */
	SubprocessCommand maxOutput(long bytes);

	/**
	 * Collect the beginning and the end of each output, and drop what is between; see
	 * {@link SubprocessResult#truncated()}.
	 * @param head how many bytes of the beginning
	 * @param tail how many bytes of the end
	 * @return a new command
	 * @throws IllegalArgumentException if one is negative, both are 0, or together they
	 * are more than an array can have
	 */
	SubprocessCommand keepHeadAndTail(long head, long tail);

	/**
	 * Limit how long a line may be, 1,048,576 characters unless said otherwise. A longer
	 * one fails as {@link #maxOutput} says.
	 * @param characters how many characters
	 * @return a new command
	 * @throws IllegalArgumentException if it is not positive
	 */
	SubprocessCommand maxLine(int characters);

	/**
	 * Set a deadline for everything: waiting for a free place, starting, running, and
	 * draining the output. When it passes, the run is torn down and then fails with
	 * {@link SubprocessTimeoutException}.
	 * @param timeout how long it may take
	 * @return a new command
	 * @throws IllegalArgumentException if it is not positive
	 */
	SubprocessCommand timeout(Duration timeout);

	/**
	 * Set how it is ended, at a deadline, a cancellation, an output limit, an interrupt
	 * or a close: {@code closeInput(1 s)}, SIGTERM, 5 s, SIGKILL unless said otherwise.
	 * Also where the service stops, or a {@link io.eventloop.Runner} closes the loop: a
	 * run is a task of its loop. {@link io.eventloop.EventLoop#close()} alone kills at
	 * once.
	 * @param teardown the ladder
	 * @return a new command
	 * @throws IllegalArgumentException if the ladder does not end with a kill
	 */
	SubprocessCommand teardown(Teardown teardown);

	/**
	 * Set how long the end of the output is awaited after the exit, 2 s unless said
	 * otherwise: a process that the command has left may hold it open.
	 * @param timeout how long to wait
	 * @return a new command
	 * @throws IllegalArgumentException if it is negative
	 * @see SubprocessResult#drained()
	 */
	SubprocessCommand drainTimeout(Duration timeout);

	/**
	 * End what it has left running as soon as it has exited.
	 * @return a new command
	 */
	SubprocessCommand endTreeOnExit();

	/**
	 * Set which exit codes are success, in place of 0.
	 * @param codes the codes
	 * @return a new command
	 * @throws IllegalArgumentException if there is none
	 */
	SubprocessCommand successCodes(int... codes);

	/**
	 * Set which results are success, in place of exit code 0.
	 * @param success tells them
	 * @return a new command
	 */
	SubprocessCommand successIf(Predicate<SubprocessResult> success);

	/**
	 * Limit how many runs of this command, and of those derived from it, go on at a time.
	 * @param max how many
	 * @return a new command
	 * @throws IllegalArgumentException if it is not positive
	 */
	SubprocessCommand limit(int max);

	/**
	 * Limit how many runs go on at a time, together with all commands that share the
	 * limit.
	 * @param limit the limit
	 * @return a new command
	 */
	SubprocessCommand limit(ConcurrencyLimit limit);

	/**
	 * Connect its output with another command's input, by a pipe of the kernel's. The
	 * pipeline has the other command's deadline, limits, teardown and output. If any of
	 * its commands fails, the pipeline does, but for one that SIGPIPE ends.
	 * @param reader the command that reads
	 * @return the pipeline, a new command
	 * @throws IllegalStateException if the reader has an input, or the output of this one
	 * goes elsewhere
	 * @throws IllegalArgumentException if the reader is of another client
	 */
	SubprocessCommand pipeTo(SubprocessCommand reader);

	/**
	 * Run it, and wait in this thread. An interrupt tears the run down; the interrupted
	 * status is set again.
	 * @return the result
	 * @throws SubprocessException if it cannot be started, fails, or takes too long
	 * @throws IllegalStateException in the thread of a running loop
	 */
	SubprocessResult run();

	/**
	 * Run it as {@link #run()}, and return its text without the last line end.
	 * @return the text
	 */
	default String line() {
		return run().line();
	}

	/**
	 * Run it. Cancelling the future, or giving it up in another way, is a teardown.
	 * @return the result; fails as {@link #run()} does
	 */
	CompletableFuture<SubprocessResult> runAsync();

	/**
	 * Start it, to write to it and to read from it by hand, but for what goes to or comes
	 * from a file, and for outputs that are consumed.
	 * @return the child, once it is started
	 * @throws IllegalStateException if it has an input other than a file, or is a
	 * pipeline
	 */
	CompletableFuture<RunningSubprocess> start();

	/**
	 * Publish the lines of its output. Every subscription is a run of its own, and
	 * cancelling one is a teardown. Subscribers are called on the loop.
	 * @return the publisher; a failure comes after the last line
	 */
	Flow.Publisher<String> lines();

	/**
	 * Publish the bytes of its output, as they come; as {@link #lines()}. A buffer
	 * belongs to the subscriber.
	 * @return the publisher
	 */
	Flow.Publisher<ByteBuffer> bytes();

}
