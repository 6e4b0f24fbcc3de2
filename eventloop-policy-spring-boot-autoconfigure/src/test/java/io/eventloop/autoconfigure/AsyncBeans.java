package io.eventloop.autoconfigure;

import io.eventloop.EventLoop;
import io.eventloop.SubprocessSpec;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

/**
 * Work in Boot's task executor that waits for a child.
 */
@EnableAsync
@Configuration(proxyBeanMethods = false)
class AsyncBeans {

	@Bean
	Worker worker(EventLoop loop, Joins joins) {
		return new Worker(loop, joins);
	}

	static class Worker {

		private final EventLoop loop;

		private final Joins joins;

		Worker(EventLoop loop, Joins joins) {
			this.loop = loop;
			this.joins = joins;
		}

		@Async
		public void work(SubprocessSpec spec) {
			this.joins.note(() -> this.loop.subprocess(spec).join().onExit().join());
		}

	}

	/**
	 * Boot's own.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Pool {

	}

	/**
	 * No part of the lifecycle, as that of virtual threads is not.
	 */
	@Configuration(proxyBeanMethods = false)
	static class ThreadPerTask {

		@Bean
		AsyncTaskExecutor applicationTaskExecutor() {
			SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("task-");
			executor.setTaskTerminationTimeout(20_000);
			return executor;
		}

	}

}
