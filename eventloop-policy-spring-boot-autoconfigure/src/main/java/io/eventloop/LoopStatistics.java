package io.eventloop;

/**
 * Statistics of a loop since it was created. May be read from any thread, and may be
 * behind by a pass.
 *
 * @param callbacks number of callbacks run, timers included
 * @param pending number of callbacks that are ready and have not run yet
 * @param timers number of timers that are not due yet, cancelled ones included
 * @param slow number of callbacks that ran for the
 * {@linkplain EventLoop#setSlowCallbackDuration slow callback duration} or longer;
 * outside debug mode, of batches that did
 * @since 0.1.0
 */
public record LoopStatistics(long callbacks, int pending, int timers, long slow) {

}
