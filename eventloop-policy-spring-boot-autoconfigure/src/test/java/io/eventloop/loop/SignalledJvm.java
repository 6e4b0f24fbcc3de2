package io.eventloop.loop;

import java.time.Duration;

import io.eventloop.EventLoop;
import io.eventloop.Signal;
import io.eventloop.posix.ChildProcess;

/**
 * Run in a JVM of its own, whose life may depend on it: handles a signal once on a loop,
 * gives it back in one way or another, and sends it again.
 */
final class SignalledJvm {

	private SignalledJvm() {
	}

	public static void main(String[] arguments) {
		Signal signal = Signal.of(System.getProperty("signal"));
		ChildProcess self = ChildProcess.of(ProcessHandle.current().pid());
		EventLoop loop = new SelectorEventLoop();
		try {
			loop.addSignalHandler(signal, () -> {
				System.out.println("handled " + signal);
				loop.stop();
			});
		}
		catch (IllegalStateException ex) {
			System.out.println("refused: " + ex.getMessage());
			return;
		}
		self.signal(signal);
		loop.runForever();
		if (Boolean.getBoolean("close")) {
			loop.close();
		}
		else {
			loop.removeSignalHandler(signal);
		}
		try (EventLoop waiting = new SelectorEventLoop()) {
			self.signal(signal);
			waiting.callLater(Duration.ofSeconds(20), waiting::stop);
			waiting.runForever();
		}
		System.out.println("survived");
	}

}
