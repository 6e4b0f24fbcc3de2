package io.eventloop.containment;

/**
 * The process that ends the trees of this one after its death.
 *
 * @param pid its pid
 * @param descriptor this process's end of the pipe to it
 * @see TreeContainment#guardian()
 * @since 0.1.0
 */
public record GuardianProcess(long pid, int descriptor) {

}
