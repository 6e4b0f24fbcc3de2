package io.eventloop.autoconfigure;

import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;

import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * A loop of the application's own.
 */
@Configuration(proxyBeanMethods = false)
class OwnLoopBeans {

	@Bean
	EventLoop ownLoop(EventLoopPolicy policy) {
		EventLoop loop = policy.newEventLoop();
		Thread thread = new Thread(loop::runForever, "own-0");
		thread.setDaemon(true);
		thread.start();
		return loop;
	}

	@Bean
	ApplicationRunner runner(@Lazy EventLoop loop) {
		return (arguments) -> loop.isRunning();
	}

}
