/**
 * The contenders that run in a JVM: one process, one contender, one case. They print a
 * line {@code name value unit} for each figure.
 */
@NullMarked
package io.eventloop.samples.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
