package io.eventloop.autoconfigure;

import io.eventloop.EventLoop;

/**
 * Customizes the main event loop that the auto-configuration makes, before it runs. Beans
 * of this type are called in their order, after the properties have been applied; a loop
 * that the application defines is not customized.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface EventLoopCustomizer {

	/**
	 * Customize the loop, in the thread that creates its bean.
	 * @param loop the loop, which does not run yet
	 */
	void customize(EventLoop loop);

}
