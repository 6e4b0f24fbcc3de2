/**
 * The report: Markdown, and charts in SVG.
 */
@NullMarked
package io.eventloop.samples.benchmarks.report;

import org.jspecify.annotations.NullMarked;
