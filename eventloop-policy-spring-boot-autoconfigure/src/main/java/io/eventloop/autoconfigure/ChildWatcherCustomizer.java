package io.eventloop.autoconfigure;

import io.eventloop.ChildWatcher;

/**
 * Customizes the child watcher that {@code eventloop.watcher} names, before the policy
 * gets it. Beans of this type are called in their order; a watcher that the application
 * defines is not customized.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ChildWatcherCustomizer {

	/**
	 * Customize the watcher, in the thread that creates its bean.
	 * @param watcher the watcher, which watches nothing yet
	 */
	void customize(ChildWatcher watcher);

}
