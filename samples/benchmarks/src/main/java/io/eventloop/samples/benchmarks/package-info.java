/**
 * Compares this project with its peers: a process for each contender, case and round, the
 * rounds interleaved over the contenders, and a report of the results.
 */
@NullMarked
package io.eventloop.samples.benchmarks;

import org.jspecify.annotations.NullMarked;
