package io.eventloop.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;

import io.eventloop.EventLoop;
import io.eventloop.Signal;
import io.eventloop.SubprocessSpec;
import io.eventloop.UnsupportedPlatformException;
import io.eventloop.selector.NioSelector;
import io.eventloop.selector.SelectorChoice;

/**
 * Run in a JVM in which no native code can be called: what a loop can do there.
 */
final class NioWithoutNative {

	private NioWithoutNative() {
	}

	public static void main(String[] arguments) throws Exception {
		try {
			SelectorChoice.auto();
		}
		catch (UnsupportedPlatformException ex) {
			System.out.println("auto: " + ex.action());
		}
		EventLoop loop = new SelectorEventLoop(new NioSelector());
		Pipe pipe = Pipe.open();
		pipe.source().configureBlocking(false);
		loop.addReader(pipe.source(), () -> {
			System.out.println("reader");
			loop.removeReader(pipe.source());
			raise();
		});
		loop.addSignalHandler(Signal.SIGUSR2, () -> {
			System.out.println("signal");
			loop.stop();
		});
		loop.callLater(Duration.ofMillis(1),
				() -> new Thread(() -> loop.callSoonThreadsafe(() -> write(pipe))).start());
		loop.runForever();
		try {
			loop.subprocess(SubprocessSpec.exec("true"));
		}
		catch (UnsupportedOperationException ex) {
			System.out.println("subprocess: " + ex.getMessage());
		}
		loop.close();
		System.out.println("closed");
	}

	private static void write(Pipe pipe) {
		try {
			pipe.sink().write(ByteBuffer.allocate(1));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void raise() {
		try {
			new ProcessBuilder("kill", "-USR2", Long.toString(ProcessHandle.current().pid())).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
