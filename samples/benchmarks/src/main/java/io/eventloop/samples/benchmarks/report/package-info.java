/**
 * What came out: Markdown, and pictures in SVG.
 */
@NullMarked
package io.eventloop.samples.benchmarks.report;

import org.jspecify.annotations.NullMarked;
