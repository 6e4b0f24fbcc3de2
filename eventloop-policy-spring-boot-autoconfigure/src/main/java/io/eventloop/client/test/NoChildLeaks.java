package io.eventloop.client.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Fails a test of JUnit Jupiter that leaves something behind: a child process, running or
 * not reaped; a descriptor such as children and loops have, of a pipe, a pidfd or what a
 * loop waits on; a thread of this library that is at work. The failure names each. What
 * was there before the test's {@code @BeforeEach} methods does not count, and neither
 * does what ends within the {@linkplain #patienceMillis() patience} after its
 * {@code @AfterEach} methods.
 * <p>
 * Descriptors are seen on Linux alone. A test that runs beside others in the same process
 * sees what they have, too: do not annotate tests that run in parallel.
 *
 * @since 0.1.0
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(NoChildLeaksExtension.class)
public @interface NoChildLeaks {

	/**
	 * How long a child, a descriptor or a thread may take to end after the test.
	 * @return the time, in milliseconds
	 */
	long patienceMillis() default 10_000;

	/**
	 * Whether what loops wait on counts: descriptors of epoll and eventfd. A NIO selector
	 * has these, too: switch it off for a test that leaves one, as a pool of connections
	 * does.
	 * @return whether it counts
	 */
	boolean loops() default true;

}
