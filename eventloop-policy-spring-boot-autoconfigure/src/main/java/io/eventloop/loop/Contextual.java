package io.eventloop.loop;

import io.eventloop.CapturedContext;
import org.jspecify.annotations.Nullable;

/**
 * What runs in a context of its own, in which its errors are reported too.
 */
interface Contextual {

	/**
	 * Return the context.
	 * @return the context, or {@code null} if there is nothing to carry
	 */
	@Nullable CapturedContext context();

}
