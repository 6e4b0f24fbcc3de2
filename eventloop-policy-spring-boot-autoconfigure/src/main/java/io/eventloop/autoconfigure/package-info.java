/**
 * Event loops in a Spring Boot application: properties, beans, lifecycle, failure
 * analysis and Actuator endpoint.
 * <p>
 * This package is internal.
 */
@NullMarked
package io.eventloop.autoconfigure;

import org.jspecify.annotations.NullMarked;
