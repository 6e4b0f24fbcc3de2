package io.eventloop;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * The resources used by a child and by those of its own children that it waited for.
 *
 * @param userTime processor time in user mode
 * @param systemTime processor time in the kernel
 * @param maxResidentBytes the peak size of the resident set; empty unless it exceeds the
 * peak of this JVM, at which a child starts
 * @see <a href="https://man7.org/linux/man-pages/man2/getrusage.2.html">getrusage(2)</a>
 * @since 0.1.0
 */
public record ResourceUsage(Duration userTime, Duration systemTime, OptionalLong maxResidentBytes) {

}
