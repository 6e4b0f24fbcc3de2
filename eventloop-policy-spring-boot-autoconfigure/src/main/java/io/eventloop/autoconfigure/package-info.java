/**
 * Event loops in a Spring Boot application: properties, beans, life cycle, failure
 * analysis and Actuator endpoint.
 */
@NullMarked
package io.eventloop.autoconfigure;

import org.jspecify.annotations.NullMarked;
