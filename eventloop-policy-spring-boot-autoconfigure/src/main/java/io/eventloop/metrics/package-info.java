/**
 * What can be counted: Micrometer's binder of all meters, the enum that documents them,
 * and the counts of children, which need no Micrometer.
 */
@NullMarked
package io.eventloop.metrics;

import org.jspecify.annotations.NullMarked;
