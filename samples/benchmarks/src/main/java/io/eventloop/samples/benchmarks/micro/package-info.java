/**
 * What takes less than a microsecond, measured with JMH through the public API.
 */
@NullMarked
package io.eventloop.samples.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
