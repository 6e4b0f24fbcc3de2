package io.eventloop.metrics;

import io.eventloop.ContextCapture;
import io.eventloop.EventLoop;
import io.eventloop.loop.SelectorEventLoop;
import org.slf4j.MDC;

/**
 * Run in a JVM of its own, whose class path lacks Micrometer's context-propagation.
 */
final class NothingToCaptureWith {

	private NothingToCaptureWith() {
	}

	public static void main(String[] arguments) {
		MDC.put("order", "4711");
		try (EventLoop loop = new SelectorEventLoop()) {
			System.out.println("capture: " + ContextCapture.findDefault() + ", context: " + loop.captureContext());
			loop.callSoon(() -> System.out.println("ran"));
			loop.stop();
			loop.runForever();
		}
	}

}
