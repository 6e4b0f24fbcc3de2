package io.eventloop.supervision;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a generation ended by itself, or why it is ended.
 *
 * @param problem what happened, a sentence without its full stop
 * @param success whether it has exited with code 0 after it was ready
 * @param ran how long the child ran
 * @param lines the last lines of its standard error
 * @param cause why, or {@code null}
 */
record GenerationEnd(String problem, boolean success, Duration ran, LastLines lines, @Nullable Throwable cause) {

}
