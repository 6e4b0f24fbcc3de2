package io.eventloop.autoconfigure;

import io.eventloop.EventLoop;

import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Beans that join a child in threads of Spring's.
 */
final class WorkingBeans {

	private WorkingBeans() {
	}

	@EnableAsync
	@Configuration(proxyBeanMethods = false)
	static class AsyncWork {

		@Bean
		AsyncBean asyncBean(EventLoop loop, Joins joins) {
			return new AsyncBean(loop, joins);
		}

		@Bean
		ApplicationRunner runner(AsyncBean bean) {
			return (arguments) -> bean.work();
		}

	}

	static class AsyncBean {

		private final EventLoop loop;

		private final Joins joins;

		AsyncBean(EventLoop loop, Joins joins) {
			this.loop = loop;
			this.joins = joins;
		}

		@Async
		public void work() {
			this.joins.join(this.loop);
		}

	}

	@EnableScheduling
	@Configuration(proxyBeanMethods = false)
	static class ScheduledWork {

		private final EventLoop loop;

		private final Joins joins;

		ScheduledWork(EventLoop loop, Joins joins) {
			this.loop = loop;
			this.joins = joins;
		}

		@Scheduled(fixedDelay = 600_000)
		void work() {
			this.joins.join(this.loop);
		}

	}

}
