/**
 * Metrics: Micrometer's binder of all meters, the enum that documents them, and the
 * counts of children, which need no Micrometer.
 * <p>
 * This package is API.
 */
@NullMarked
package io.eventloop.metrics;

import org.jspecify.annotations.NullMarked;
