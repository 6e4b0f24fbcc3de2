package io.eventloop.autoconfigure;

import io.eventloop.EventLoop;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;

/**
 * Beans that join a child while the application starts.
 */
final class StartingBeans {

	private StartingBeans() {
	}

	@Configuration(proxyBeanMethods = false)
	static class None {

	}

	@Configuration(proxyBeanMethods = false)
	static class Constructor {

		Constructor(EventLoop loop, Joins joins) {
			joins.join(loop);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PostConstruct {

		private final EventLoop loop;

		private final Joins joins;

		PostConstruct(EventLoop loop, Joins joins) {
			this.loop = loop;
			this.joins = joins;
		}

		@jakarta.annotation.PostConstruct
		void init() {
			this.joins.join(this.loop);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BeanMethod {

		@Bean
		String version(EventLoop loop, Joins joins) {
			return joins.join(loop);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Runner {

		@Bean
		ApplicationRunner runner(EventLoop loop, Joins joins) {
			return (arguments) -> joins.join(loop);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Events {

		private final EventLoop loop;

		private final Joins joins;

		Events(EventLoop loop, Joins joins) {
			this.loop = loop;
			this.joins = joins;
		}

		@EventListener({ ContextRefreshedEvent.class, ApplicationStartedEvent.class, ApplicationReadyEvent.class })
		void started() {
			this.joins.join(this.loop);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		private static EventLoop seen;

		@Bean
		String failing(EventLoop loop, Joins joins) {
			seen = loop;
			joins.join(loop);
			throw new IllegalStateException("This bean always fails");
		}

		static EventLoop seen() {
			return seen;
		}

	}

}
