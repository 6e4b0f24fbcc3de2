package io.eventloop.samples.benchmarks.comparison;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.eventloop.client.SubprocessClient;
import io.eventloop.client.SubprocessCommand;
import io.eventloop.client.SubprocessResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/**
 * The jobs with {@link SubprocessClient}.
 */
final class ClientJobs implements EightJobs {

	private static final Logger log = LoggerFactory.getLogger("jobs");

	private final SubprocessClient client;

	ClientJobs(SubprocessClient client) {
		this.client = client;
	}

	@Override
	public void timeOut(String script, Duration timeout) {
		this.client.shell(script).timeout(timeout).run();
	}

	@Override
	public String boundedOutput(String script) {
		return this.client.shell(script).maxOutput(1_000_000).run().text();
	}

	@Override
	public void linesToTheLog(String script) {
		this.client.shell(script).onLine(log::info).onErrorLine(log::warn).run();
	}

	@Override
	public List<String> fourAtATime(String script, List<String> arguments) {
		SubprocessCommand four = this.client.shell(script).limit(4);
		var runs = arguments.stream().map((argument) -> four.arguments(argument).runAsync()).toList();
		return runs.stream().map(CompletableFuture::join).map(SubprocessResult::text).toList();
	}

	@Override
	public String environmentPlusTwo(String script) {
		return this.client.shell(script).environment("ONE", "1").environment("TWO", "2").run().text();
	}

	@Override
	public String pipe(List<String> from, List<String> to) {
		return this.client.exec(from).pipeTo(this.client.exec(to)).run().text();
	}

	@Override
	public void streamThrough(String program, InputStream input, OutputStream output) {
		this.client.exec(program).input(input).output(output).run();
	}

	@Override
	public String retry(String script) throws RetryException {
		RetryTemplate retries = new RetryTemplate(
				RetryPolicy.builder().maxRetries(2).delay(Duration.ofMillis(1)).build());
		return retries.execute(() -> this.client.shell(script).run().text());
	}

}
