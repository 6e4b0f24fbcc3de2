package io.eventloop.samples.benchmarks.comparison;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The jobs with {@link ProcessBuilder}.
 */
final class ProcessBuilderJobs implements EightJobs {

	private static final Logger log = LoggerFactory.getLogger("jobs");

	@Override
	public void timeOut(String script, Duration timeout) throws Exception {
		Process child = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true)
			.redirectOutput(Redirect.DISCARD)
			.start();
		child.getOutputStream().close();
		if (!child.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
			List<ProcessHandle> tree = Stream.concat(child.descendants(), Stream.of(child.toHandle())).toList();
			tree.forEach(ProcessHandle::destroy);
			child.waitFor(5, TimeUnit.SECONDS);
			tree.forEach(ProcessHandle::destroyForcibly);
			throw new TimeoutException("The script took more than " + timeout);
		}
		if (child.exitValue() != 0) {
			throw new IOException("The script ended with exit code " + child.exitValue());
		}
	}

	@Override
	public String boundedOutput(String script) throws Exception {
		Process child = new ProcessBuilder("sh", "-c", script).redirectError(Redirect.DISCARD).start();
		child.getOutputStream().close();
		try {
			byte[] output = child.getInputStream().readNBytes(1_000_001);
			if (output.length > 1_000_000) {
				throw new IOException("The script has written more than a million bytes");
			}
			if (child.waitFor() != 0) {
				throw new IOException("The script ended with exit code " + child.exitValue());
			}
			return new String(output, UTF_8);
		}
		finally {
			child.descendants().forEach(ProcessHandle::destroyForcibly);
			child.destroyForcibly();
		}
	}

	@Override
	public void linesToTheLog(String script) throws Exception {
		Process child = new ProcessBuilder("sh", "-c", script).start();
		child.getOutputStream().close();
		CompletableFuture<Void> errors = CompletableFuture
			.runAsync(() -> child.errorReader(UTF_8).lines().forEach(log::warn));
		child.inputReader(UTF_8).lines().forEach(log::info);
		errors.get();
		if (child.waitFor() != 0) {
			throw new IOException("The script ended with exit code " + child.exitValue());
		}
	}

	@Override
	public List<String> fourAtATime(String script, List<String> arguments) throws Exception {
		ExecutorService four = Executors.newFixedThreadPool(4);
		try {
			List<Callable<String>> runs = new ArrayList<>();
			for (String argument : arguments) {
				runs.add(() -> {
					Process child = new ProcessBuilder("sh", "-c", script, "sh", argument)
						.redirectError(Redirect.DISCARD)
						.start();
					child.getOutputStream().close();
					String output = new String(child.getInputStream().readAllBytes(), UTF_8);
					if (child.waitFor() != 0) {
						throw new IOException("The script ended with exit code " + child.exitValue());
					}
					return output;
				});
			}
			List<String> outputs = new ArrayList<>();
			for (Future<String> run : four.invokeAll(runs)) {
				outputs.add(run.get());
			}
			return outputs;
		}
		finally {
			four.shutdown();
		}
	}

	@Override
	public String environmentPlusTwo(String script) throws Exception {
		ProcessBuilder builder = new ProcessBuilder("sh", "-c", script).redirectError(Redirect.DISCARD);
		builder.environment().putAll(Map.of("ONE", "1", "TWO", "2"));
		Process child = builder.start();
		child.getOutputStream().close();
		String output = new String(child.getInputStream().readAllBytes(), UTF_8);
		if (child.waitFor() != 0) {
			throw new IOException("The script ended with exit code " + child.exitValue());
		}
		return output;
	}

	@Override
	public String pipe(List<String> from, List<String> to) throws Exception {
		List<Process> pipeline = ProcessBuilder
			.startPipeline(List.of(new ProcessBuilder(from).redirectError(Redirect.DISCARD),
					new ProcessBuilder(to).redirectError(Redirect.DISCARD)));
		pipeline.get(0).getOutputStream().close();
		String output = new String(pipeline.get(1).getInputStream().readAllBytes(), UTF_8);
		for (Process child : pipeline) {
			if (child.waitFor() != 0) {
				throw new IOException("A command ended with exit code " + child.exitValue());
			}
		}
		return output;
	}

	@Override
	public void streamThrough(String program, InputStream input, OutputStream output) throws Exception {
		Process child = new ProcessBuilder(program).redirectError(Redirect.DISCARD).start();
		CompletableFuture<Void> feeding = CompletableFuture.runAsync(() -> {
			try (OutputStream stdin = child.getOutputStream()) {
				input.transferTo(stdin);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
		child.getInputStream().transferTo(output);
		feeding.get();
		if (child.waitFor() != 0) {
			throw new IOException("The program ended with exit code " + child.exitValue());
		}
	}

	@Override
	public String retry(String script) throws Exception {
		RetryTemplate retries = new RetryTemplate(
				RetryPolicy.builder().maxRetries(2).delay(Duration.ofMillis(1)).build());
		return retries.execute(() -> {
			Process child = new ProcessBuilder("sh", "-c", script).redirectError(Redirect.DISCARD).start();
			child.getOutputStream().close();
			String output = new String(child.getInputStream().readAllBytes(), UTF_8);
			if (child.waitFor() != 0) {
				throw new IOException("The script ended with exit code " + child.exitValue());
			}
			return output;
		});
	}

}
