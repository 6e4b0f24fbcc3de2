package io.eventloop;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What a child, and those of its own children that it has waited for, used.
 *
 * @param userTime processor time in user mode
 * @param systemTime processor time in the kernel
 * @param maxResidentBytes the largest resident set; empty where it cannot be told from
 * the peak of this JVM, from which a child starts
 * @see <a href="https://man7.org/linux/man-pages/man2/getrusage.2.html">getrusage(2)</a>
 * @since 0.1.0
 */
public record ResourceUsage(Duration userTime, Duration systemTime, OptionalLong maxResidentBytes) {

}
