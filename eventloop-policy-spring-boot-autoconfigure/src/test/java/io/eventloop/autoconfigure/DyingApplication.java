package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.eventloop.EventLoop;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;

/**
 * Run in a JVM of its own: its main loop ends, for a callback that exits or for one that
 * finds no memory, while a child runs.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration(EventLoopAutoConfiguration.class)
class DyingApplication {

	private static volatile Object sink;

	public static void main(String[] arguments) throws Exception {
		EventLoop loop = new SpringApplicationBuilder(DyingApplication.class).web(WebApplicationType.NONE)
			.run(arguments)
			.getBean(EventLoop.class);
		Subprocess child = loop.subprocess(SubprocessSpec.exec("sleep", "100")).get(20, TimeUnit.SECONDS);
		System.out.println("child " + child.pid());
		if (arguments[0].equals("exit")) {
			long begin = System.nanoTime();
			Runtime.getRuntime()
				.addShutdownHook(new Thread(() -> System.out
					.println("hooks run after " + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms")));
			loop.callSoonThreadsafe(() -> System.exit(3));
			new CountDownLatch(1).await();
		}
		loop.callSoonThreadsafe(() -> sink = new long[1 << 28]);
		System.out
			.println("child ended with " + child.onExit().handle((code, failure) -> code).get(20, TimeUnit.SECONDS)
					+ ", closed " + loop.isClosed());
		System.exit(0);
	}

}
