package io.eventloop.autoconfigure;

import java.util.Collection;

import io.eventloop.EventLoop;

/**
 * Loops in which a callback has called {@link System#exit}: their threads wait for the
 * shutdown hooks, and so for any hook that waits for the loops. They run no more
 * callbacks.
 */
final class ExitingLoops {

	private static final String LOOP_PACKAGE = "io.eventloop.loop.";

	private ExitingLoops() {
	}

	/**
	 * Return whether the thread of any loop waits for the JVM to exit.
	 */
	static boolean any() {
		return count() > 0;
	}

	/**
	 * Return whether all of these loops that are still running wait for the JVM to exit.
	 * @param loops the loops
	 */
	static boolean areAllThatRun(Collection<EventLoop> loops) {
		long exiting = count();
		return exiting > 0 && loops.stream().filter(EventLoop::isRunning).count() <= exiting;
	}

	private static long count() {
		return Thread.getAllStackTraces().values().stream().filter(ExitingLoops::isExiting).count();
	}

	/**
	 * Return whether a thread with these frames waits in a loop for the JVM to exit.
	 */
	static boolean isExiting(StackTraceElement[] frames) {
		boolean exiting = false;
		for (StackTraceElement frame : frames) {
			exiting |= frame.getClassName().equals("java.lang.Runtime") && frame.getMethodName().equals("exit");
			if (exiting && frame.getClassName().startsWith(LOOP_PACKAGE)) {
				return true;
			}
		}
		return false;
	}

}
