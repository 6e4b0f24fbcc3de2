package io.eventloop.client;

import java.util.function.Consumer;

import io.eventloop.Subprocess;
import org.jspecify.annotations.Nullable;

/**
 * Who takes what a run's last program writes.
 *
 * @param output takes its output in place of what the plan says
 * @param started given the child, whose streams are written and read by hand
 */
record RunWay(@Nullable OutputSink output, @Nullable Consumer<Subprocess> started) {

	/** As the plan says. */
	static final RunWay PLANNED = new RunWay(null, null);

}
