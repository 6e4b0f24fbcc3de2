/**
 * Micro-benchmarks of operations that take less than a microsecond, with JMH and through
 * the public API.
 */
@NullMarked
package io.eventloop.samples.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
