package io.eventloop.posix;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.eventloop.Signal;

/**
 * Run in a JVM of its own, where no process has been started yet: takes SIGCHLD, then
 * starts one with the JDK.
 */
final class HandleChildSignals {

	private HandleChildSignals() {
	}

	public static void main(String[] arguments) throws Exception {
		CountDownLatch called = new CountDownLatch(1);
		Signals.install(Signal.SIGCHLD, called::countDown);
		new ProcessBuilder("true").start().waitFor();
		System.out.println(called.await(20, TimeUnit.SECONDS) ? "called" : "deaf");
	}

}
