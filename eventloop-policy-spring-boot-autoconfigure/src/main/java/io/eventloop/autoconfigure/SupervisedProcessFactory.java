package io.eventloop.autoconfigure;

import io.eventloop.EventLoop;
import io.eventloop.supervision.SupervisedProcess;

import org.springframework.beans.factory.BeanFactory;

/**
 * Makes the beans of {@code eventloop.services}.
 */
final class SupervisedProcessFactory {

	private final ConfiguredServices services;

	private final EventLoop loop;

	private final BeanFactory beans;

	SupervisedProcessFactory(ConfiguredServices services, EventLoop loop, BeanFactory beans) {
		this.services = services;
		this.loop = loop;
		this.beans = beans;
	}

	/**
	 * Create a service, after those that it depends on.
	 */
	SupervisedProcess create(String name) {
		SupervisedProcess[] dependencies = this.services.dependencies(name)
			.stream()
			.map((dependency) -> this.beans.getBean(dependency, SupervisedProcess.class))
			.toArray(SupervisedProcess[]::new);
		return SupervisedProcess.create(this.loop, name, this.services.settings(name), dependencies);
	}

}
