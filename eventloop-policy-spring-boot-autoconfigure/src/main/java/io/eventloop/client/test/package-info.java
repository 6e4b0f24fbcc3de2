/**
 * For the tests of code that runs commands: a client that answers from a script, a loop
 * whose time a test moves, and an extension of JUnit that fails tests which leave
 * something behind. The extension alone needs JUnit, which is an optional dependency: an
 * application that does not use it needs none at run time.
 * <p>
 * This package is API.
 */
@NullMarked
package io.eventloop.client.test;

import org.jspecify.annotations.NullMarked;
