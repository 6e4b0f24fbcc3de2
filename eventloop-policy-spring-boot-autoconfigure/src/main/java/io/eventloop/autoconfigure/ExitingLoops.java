package io.eventloop.autoconfigure;

import java.util.Collection;

import io.eventloop.EventLoop;

/**
 * Loops in which a callback has called {@link System#exit}: their threads wait for the
 * shutdown hooks, and so for whatever waits for the loops in a hook. Nothing more is to
 * come from them.
 */
final class ExitingLoops {

	private static final String LOOP_PACKAGE = "io.eventloop.loop.";

	private ExitingLoops() {
	}

	/**
	 * Return whether the thread of some loop waits for the end of this JVM.
	 */
	static boolean any() {
		return count() > 0;
	}

	/**
	 * Return whether all of these loops that still run wait for the end of this JVM.
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
	 * Return whether a thread with these frames waits in a loop for the end of this JVM.
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
