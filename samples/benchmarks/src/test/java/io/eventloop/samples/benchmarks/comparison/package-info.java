/**
 * Eight jobs that services give to programs, in four libraries.
 */
@NullMarked
package io.eventloop.samples.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
