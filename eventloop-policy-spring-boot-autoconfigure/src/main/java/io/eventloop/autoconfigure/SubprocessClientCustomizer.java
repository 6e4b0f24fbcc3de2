package io.eventloop.autoconfigure;

import io.eventloop.client.SubprocessClient;

/**
 * Changes what the auto-configured {@link SubprocessClient.Builder} builds, after the
 * properties were applied. Beans of this type are applied in their order.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SubprocessClientCustomizer {

	/**
	 * Change the builder.
	 * @param builder the builder
	 */
	void customize(SubprocessClient.Builder builder);

}
