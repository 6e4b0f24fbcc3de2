package io.eventloop;

import java.util.Objects;

/**
 * A context that has an event loop.
 *
 * @param name the context's name, such as a thread's; suitable as a meter's tag
 * @param loop its loop
 * @since 0.1.0
 */
public record LoopContext(String name, EventLoop loop) {

	public LoopContext {
		Objects.requireNonNull(name, "'name' must not be null");
		Objects.requireNonNull(loop, "'loop' must not be null");
	}

}
