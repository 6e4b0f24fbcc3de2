package io.eventloop.samples.custompolicy;

import java.time.Duration;

import io.eventloop.EventLoops;
import io.eventloop.client.SubprocessClient;
import io.eventloop.client.SubprocessResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Gets the name of the operating system from a child process.
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
		SubprocessClient client = SubprocessClient.create(EventLoops.getEventLoop());
		SubprocessResult uname = client.exec("uname", "-sr").timeout(Duration.ofSeconds(10)).run();
		logger.info("uname exited with {} and printed: {}", uname.returnCode(), uname.line());
		logger.info("The policy was asked {} times", this.policy.timesAsked());
	}

}
