package io.eventloop.samples.benchmarks.comparison;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.smallrye.common.process.ProcessBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The jobs with SmallRye's process.
 */
final class SmallRyeJobs implements EightJobs {

	private static final Logger log = LoggerFactory.getLogger("jobs");

	@Override
	public void timeOut(String script, Duration timeout) {
		ProcessBuilder.newBuilder("sh", "-c", script).whileRunning((child) -> {
			if (!child.waitUninterruptiblyFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
				List<ProcessHandle> tree = Stream.concat(Stream.of(child), child.descendants()).toList();
				tree.forEach(ProcessHandle::destroy);
				child.waitUninterruptiblyFor(5, TimeUnit.SECONDS);
				tree.forEach(ProcessHandle::destroyForcibly);
			}
		}).run();
	}

	@Override
	public String boundedOutput(String script) {
		return ProcessBuilder.newBuilder("sh", "-c", script).output().processBytesWith((output) -> {
			byte[] bytes = output.readNBytes(1_000_001);
			if (bytes.length > 1_000_000) {
				throw new IOException("The script has written more than a million bytes");
			}
			return new String(bytes, UTF_8);
		}).run();
	}

	@Override
	public void linesToTheLog(String script) {
		ProcessBuilder.newBuilder("sh", "-c", script)
			.output()
			.consumeLinesWith(65536, log::info)
			.error()
			.consumeLinesWith(65536, log::warn)
			.run();
	}

	@Override
	public List<String> fourAtATime(String script, List<String> arguments) throws Exception {
		ExecutorService four = Executors.newFixedThreadPool(4);
		try {
			List<Callable<String>> runs = new ArrayList<>();
			for (String argument : arguments) {
				runs.add(() -> ProcessBuilder.execToString("sh", "-c", script, "sh", argument));
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
	public String environmentPlusTwo(String script) {
		return ProcessBuilder.newBuilder("sh", "-c", script)
			.modifyEnvironment((environment) -> environment.putAll(Map.of("ONE", "1", "TWO", "2")))
			.output()
			.toSingleString(65536)
			.run();
	}

	@Override
	public String pipe(List<String> from, List<String> to) {
		return ProcessBuilder.newBuilder(from.get(0), from.subList(1, from.size()))
			.output()
			.pipeTo(Path.of(to.get(0)), to.subList(1, to.size()))
			.output()
			.toSingleString(1_000_000)
			.run();
	}

	@Override
	public void streamThrough(String program, InputStream input, OutputStream output) {
		ProcessBuilder.newBuilder(program).input().transferFrom(input).output().transferTo(output).run();
	}

	@Override
	public String retry(String script) throws Exception {
		RetryTemplate retries = new RetryTemplate(
				RetryPolicy.builder().maxRetries(2).delay(Duration.ofMillis(1)).build());
		return retries.execute(() -> ProcessBuilder.execToString("sh", "-c", script));
	}

}
