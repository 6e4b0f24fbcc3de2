package io.eventloop.samples.benchmarks.comparison;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeroturnaround.exec.ProcessExecutor;
import org.zeroturnaround.exec.ProcessResult;
import org.zeroturnaround.exec.listener.ProcessListener;
import org.zeroturnaround.exec.stream.slf4j.Slf4jStream;

import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The jobs with zt-exec.
 */
final class ZtExecJobs implements EightJobs {

	private static final Logger log = LoggerFactory.getLogger("jobs");

	@Override
	public void timeOut(String script, Duration timeout) throws Exception {
		new ProcessExecutor("sh", "-c", script).exitValueNormal()
			.timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
			.stopper((child) -> {
				List<ProcessHandle> tree = child.descendants().toList();
				tree.forEach(ProcessHandle::destroy);
				child.destroy();
				tree.forEach(ProcessHandle::destroyForcibly);
				child.destroyForcibly();
			})
			.execute();
	}

	@Override
	public String boundedOutput(String script) throws Exception {
		AtomicReference<Process> started = new AtomicReference<>();
		ByteArrayOutputStream output = new ByteArrayOutputStream() {

			@Override
			public void write(byte[] bytes, int offset, int length) {
				if (size() + length <= 1_000_000) {
					super.write(bytes, offset, length);
				}
				else {
					started.get().descendants().forEach(ProcessHandle::destroyForcibly);
					started.get().destroyForcibly();
				}
			}

		};
		ProcessListener listener = new ProcessListener() {

			@Override
			public void afterStart(Process process, ProcessExecutor executor) {
				started.set(process);
			}

		};
		new ProcessExecutor("sh", "-c", script).redirectOutput(output)
			.addListener(listener)
			.exitValueNormal()
			.execute();
		return output.toString(UTF_8);
	}

	@Override
	public void linesToTheLog(String script) throws Exception {
		new ProcessExecutor("sh", "-c", script).redirectOutput(Slf4jStream.of(log).asInfo())
			.redirectError(Slf4jStream.of(log).asWarn())
			.exitValueNormal()
			.execute();
	}

	@Override
	public List<String> fourAtATime(String script, List<String> arguments) throws Exception {
		ExecutorService four = Executors.newFixedThreadPool(4);
		try {
			List<Callable<String>> runs = new ArrayList<>();
			for (String argument : arguments) {
				runs.add(() -> new ProcessExecutor("sh", "-c", script, "sh", argument).readOutput(true)
					.exitValueNormal()
					.execute()
					.outputUTF8());
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
		return new ProcessExecutor("sh", "-c", script).environment("ONE", "1")
			.environment("TWO", "2")
			.readOutput(true)
			.exitValueNormal()
			.execute()
			.outputUTF8();
	}

	@Override
	public String pipe(List<String> from, List<String> to) throws Exception {
		PipedInputStream between = new PipedInputStream();
		PipedOutputStream end = new PipedOutputStream(between);
		ProcessListener closing = new ProcessListener() {

			@Override
			public void afterStop(Process process) {
				try {
					end.close();
				}
				catch (IOException ex) {
					log.warn("The pipe could not be closed", ex);
				}
			}

		};
		Future<ProcessResult> writer = new ProcessExecutor(from).redirectOutput(end)
			.addListener(closing)
			.exitValueNormal()
			.start()
			.getFuture();
		String output = new ProcessExecutor(to).redirectInput(between)
			.readOutput(true)
			.exitValueNormal()
			.execute()
			.outputUTF8();
		writer.get();
		return output;
	}

	@Override
	public void streamThrough(String program, InputStream input, OutputStream output) throws Exception {
		new ProcessExecutor(program).redirectInput(input).redirectOutput(output).exitValueNormal().execute();
	}

	@Override
	public String retry(String script) throws Exception {
		RetryTemplate retries = new RetryTemplate(
				RetryPolicy.builder().maxRetries(2).delay(Duration.ofMillis(1)).build());
		return retries.execute(() -> new ProcessExecutor("sh", "-c", script).readOutput(true)
			.exitValueNormal()
			.execute()
			.outputUTF8());
	}

}
