package io.eventloop.autoconfigure;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;

/**
 * Ends the children and closes the loops when no other bean can use them any more.
 * <p>
 * Beans are destroyed in the reverse order of their creation, and post-processors are
 * created before all others: the starter's loop closes after every bean, also one that
 * looked it up rather than declared a dependency. An application's own loop is a bean
 * like others, and has a destroy method of its own: there the children end right before
 * it, after the beans that depend on it and after the task executors.
 */
final class EventLoopDestruction implements DestructionAwareBeanPostProcessor, BeanFactoryAware, DisposableBean {

	/**
	 * The name of the watcher that the properties select, which takes children until the
	 * end.
	 */
	static final String WATCHER = "eventLoopChildWatcher";

	/**
	 * A method that does nothing, for a bean which is not to be closed as a bean. The
	 * usual empty name is lost where an application is processed ahead of time: its beans
	 * would be closed by inference.
	 */
	static final String NOTHING = "hashCode";

	private final Set<String> loops = new LinkedHashSet<>();

	private final Set<String> executors = new LinkedHashSet<>();

	private @Nullable ConfigurableBeanFactory beanFactory;

	private volatile @Nullable PolicyInstallation installation;

	private volatile @Nullable EventLoopService service;

	private volatile @Nullable ChildWatcher watcher;

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beanFactory = (beanFactory instanceof ConfigurableBeanFactory configurable) ? configurable : null;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof PolicyInstallation created) {
			this.installation = created;
		}
		else if (bean instanceof EventLoopService created) {
			this.service = created;
		}
		else if (bean instanceof ChildWatcher created && beanName.equals(WATCHER)) {
			this.watcher = created;
		}
		else if (bean instanceof EventLoop) {
			depend(this.loops, beanName);
		}
		else if (bean instanceof Executor) {
			depend(this.executors, beanName);
		}
		return bean;
	}

	/**
	 * Let every executor be destroyed before every loop.
	 */
	private synchronized void depend(Set<String> names, String name) {
		names.add(name);
		ConfigurableBeanFactory factory = this.beanFactory;
		if (factory != null) {
			this.loops
				.forEach((loop) -> this.executors.forEach((executor) -> factory.registerDependentBean(loop, executor)));
		}
	}

	@Override
	public boolean requiresDestruction(Object bean) {
		return bean instanceof EventLoop;
	}

	@Override
	public void postProcessBeforeDestruction(Object bean, String beanName) {
		EventLoopService current = this.service;
		if (current != null && current.isForeign(bean)) {
			current.close(EventLoops.findRunningLoop());
		}
	}

	@Override
	public void destroy() {
		EventLoopService current = this.service;
		PolicyInstallation installed = this.installation;
		try {
			if (current != null) {
				current.close(EventLoops.findRunningLoop());
			}
		}
		finally {
			if (installed != null) {
				installed.uninstall();
			}
			closeWatcher();
		}
	}

	private void closeWatcher() {
		ChildWatcher current = this.watcher;
		if (current != null) {
			current.close();
		}
	}

}
