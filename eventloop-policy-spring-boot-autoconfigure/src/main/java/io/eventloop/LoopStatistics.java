package io.eventloop;

/**
 * What a loop has done since it was made. Read from any thread; the figures may trail the
 * loop's own by a pass.
 *
 * @param callbacks callbacks run, timers included
 * @param pending callbacks that are ready and not yet run
 * @param timers timers scheduled and not yet due, cancelled ones included
 * @since 0.1.0
 */
public record LoopStatistics(long callbacks, int pending, int timers) {

}
