/**
 * What belongs to a child's tree, and how all of it is ended: by a mark that everything a
 * child starts inherits, or a control group, and by a guardian that outlives the JVM. An
 * application without the starter gives a
 * {@link io.eventloop.containment.TreeContainment} to its loops.
 * <p>
 * This package is API.
 */
@NullMarked
package io.eventloop.containment;

import org.jspecify.annotations.NullMarked;
