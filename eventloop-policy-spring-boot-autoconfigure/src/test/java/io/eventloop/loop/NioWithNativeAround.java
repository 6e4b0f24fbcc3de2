package io.eventloop.loop;

import java.nio.channels.Pipe;
import java.time.Duration;

import io.eventloop.EventLoop;
import io.eventloop.Signal;
import io.eventloop.SubprocessSpec;
import io.eventloop.selector.SelectorChoice;

/**
 * Run in a JVM of its own, in which native code can be called: uses all of a loop over
 * Java's selector.
 */
final class NioWithNativeAround {

	private NioWithNativeAround() {
	}

	public static void main(String[] arguments) throws Exception {
		EventLoop loop = new SelectorEventLoop(SelectorChoice.nio().factory().get());
		Pipe pipe = Pipe.open();
		pipe.sink().configureBlocking(false);
		loop.addSignalHandler(Signal.SIGUSR2, () -> {
		});
		loop.addWriter(pipe.sink(), () -> {
			loop.removeWriter(pipe.sink());
			loop.callLater(Duration.ofMillis(1), loop::stop);
		});
		try {
			loop.subprocess(SubprocessSpec.exec("true"));
		}
		catch (UnsupportedOperationException ex) {
			loop.runInExecutor(null, () -> null);
		}
		loop.runForever();
		loop.close();
		System.out.println("ran 1");
	}

}
