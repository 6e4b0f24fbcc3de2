package io.eventloop.samples.custompolicy;

import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.Output;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Asks the operating system for its name, through a child process.
 */
@Component
class UnameRunner implements ApplicationRunner {

	private static final Logger logger = LoggerFactory.getLogger(UnameRunner.class);

	private final MyEventLoopPolicy policy;

	UnameRunner(MyEventLoopPolicy policy) {
		this.policy = policy;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		EventLoop loop = EventLoops.getEventLoop();
		Output output = loop.subprocess(SubprocessSpec.exec("uname", "-sr").pipes())
			.thenCompose(Subprocess::communicate)
			.join();
		logger.info("uname ended with {} and said: {}", output.returnCode(), output.stdoutText().strip());
		logger.info("Times that the policy was asked: {}", this.policy.timesAsked());
	}

}
