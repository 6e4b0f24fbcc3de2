package io.eventloop.memory;

/**
 * A callback of the library's own, as opposed to one that a user gives to a loop. An
 * {@link OutOfMemoryError} in it never ends the loop: the loop waits a moment, as
 * {@link MemoryReserve#await()} does, and runs the callback again, at most
 * {@link MemoryReserve#TRIES} times. After the last try the error goes to the loop's
 * exception handler, and the loop goes on.
 * <p>
 * <b>The rule.</b> The callback can run twice: a run that follows a failed one takes the
 * steps that are missing and repeats none that others could notice. User code that it
 * calls is guarded, so that a user's error never looks like a shortage of the library's.
 * <p>
 * The library posts its own callbacks as this type, which is why {@link MemoryReserve}
 * and the pipes of a loop accept no other.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RepeatableCallback extends Runnable {

}
