package io.eventloop.autoconfigure;

import io.eventloop.EventLoop;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import jakarta.annotation.PreDestroy;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/**
 * Beans that join a child while the application stops.
 */
final class StoppingBeans {

	private StoppingBeans() {
	}

	@Configuration(proxyBeanMethods = false)
	static class ClosedEvent {

		private final EventLoop loop;

		private final Joins joins;

		ClosedEvent(EventLoop loop, Joins joins) {
			this.loop = loop;
			this.joins = joins;
		}

		@EventListener(ContextClosedEvent.class)
		void closed() {
			this.joins.join(this.loop);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PhaseBelow {

		@Bean
		SmartLifecycle joining(EventLoop loop, Joins joins) {
			return new JoiningLifecycle(EventLoopLifecycle.PHASE - 1, loop, joins);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PhaseEqual {

		@Bean
		SmartLifecycle joining(EventLoop loop, Joins joins) {
			return new JoiningLifecycle(EventLoopLifecycle.PHASE, loop, joins);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PhaseAbove {

		@Bean
		SmartLifecycle joining(EventLoop loop, Joins joins) {
			return new JoiningLifecycle(SmartLifecycle.DEFAULT_PHASE, loop, joins);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Eager {

		@Bean
		JoiningAtItsEnd eager(EventLoop loop, Joins joins) {
			return new JoiningAtItsEnd(loop, joins);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyHolder {

		@Bean
		@Lazy
		JoiningAtItsEnd lazy(EventLoop loop, Joins joins) {
			return new JoiningAtItsEnd(loop, joins);
		}

		@Bean
		ApplicationRunner runner(ObjectProvider<JoiningAtItsEnd> lazy) {
			return (arguments) -> lazy.getObject();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrototypeHolder {

		private final JoiningAtItsEnd prototype;

		private final AutowireCapableBeanFactory factory;

		PrototypeHolder(EventLoop loop, Joins joins, AutowireCapableBeanFactory factory) {
			this.prototype = new JoiningAtItsEnd(loop, joins);
			this.factory = factory;
		}

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		JoiningAtItsEnd prototype() {
			return this.prototype;
		}

		@PreDestroy
		void destroy() {
			this.factory.destroyBean(this.prototype);
		}

	}

	/**
	 * Knows of the loop at its end only, so that Spring knows of no dependency.
	 */
	@Configuration(proxyBeanMethods = false)
	static class LookingUp {

		private final ObjectProvider<EventLoop> loop;

		private final Joins joins;

		LookingUp(ObjectProvider<EventLoop> loop, Joins joins) {
			this.loop = loop;
			this.joins = joins;
		}

		@PreDestroy
		void destroy() {
			this.joins.join(this.loop.getObject());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Owner {

		private final Subprocess child;

		private final Joins joins;

		Owner(EventLoop loop, Joins joins) {
			this.child = loop.subprocess(SubprocessSpec.exec("sleep", "600")).join();
			this.joins = joins;
		}

		@PreDestroy
		void destroy() {
			this.joins.note(() -> {
				this.child.terminate();
				return this.child.onExit().join();
			});
		}

	}

	static class JoiningAtItsEnd {

		private final EventLoop loop;

		private final Joins joins;

		JoiningAtItsEnd(EventLoop loop, Joins joins) {
			this.loop = loop;
			this.joins = joins;
		}

		@PreDestroy
		void destroy() {
			this.joins.join(this.loop);
		}

	}

	private static final class JoiningLifecycle implements SmartLifecycle {

		private final int phase;

		private final EventLoop loop;

		private final Joins joins;

		private volatile boolean running;

		private JoiningLifecycle(int phase, EventLoop loop, Joins joins) {
			this.phase = phase;
			this.loop = loop;
			this.joins = joins;
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
			this.joins.join(this.loop);
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return this.phase;
		}

	}

}
