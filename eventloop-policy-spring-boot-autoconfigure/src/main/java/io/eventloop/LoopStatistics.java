package io.eventloop;

/**
 * What a loop has done since it was made. Read from any thread; the figures may trail the
 * loop's own by a pass.
 *
 * @param callbacks callbacks run, timers included
 * @param pending callbacks that are ready and not yet run
 * @param timers timers scheduled and not yet due, cancelled ones included
 * @param slow callbacks that took the {@linkplain EventLoop#setSlowCallbackDuration slow
 * callback duration} or longer; outside of debug mode, batches that did
 * @since 0.1.0
 */
public record LoopStatistics(long callbacks, int pending, int timers, long slow) {

}
