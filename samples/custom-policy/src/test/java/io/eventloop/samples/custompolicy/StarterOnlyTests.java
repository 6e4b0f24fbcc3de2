package io.eventloop.samples.custompolicy;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.SubprocessSpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that adds the starter and nothing else.
 */
@SpringBootTest(classes = StarterOnlyTests.Application.class)
@Timeout(60)
class StarterOnlyTests {

	@Test
	@DisplayName("N1 The starter alone brings a policy, a watcher and a loop that runs")
	void theStarterAloneIsEnough(@Autowired EventLoopPolicy policy, @Autowired ChildWatcher watcher,
			@Autowired EventLoop loop) {
		assertThat(policy).isNotInstanceOf(MyEventLoopPolicy.class);
		assertThat(policy.getChildWatcher()).isSameAs(watcher);
		assertThat(loop.isRunning()).isTrue();
		assertThat(loop.subprocess(SubprocessSpec.exec("true")).join().onExit().join()).isZero();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
