package io.eventloop.subprocess;

import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;

/**
 * Run in a JVM whose locale is C, and whose environment and working directory have bytes
 * that are no text in it: says what of that reaches a child on each loop.
 */
final class BytesOfAJvm {

	private static final SubprocessSpec SHOW = SubprocessSpec
		.shell("printf '%s.%s.%s.%s' \"$RAW\" \"$ADDED\" \"$GONE\" \"$KEPT\" | od -An -tx1 | tr -d ' \\n'")
		.stdout(Redirect.PIPE);

	private BytesOfAJvm() {
	}

	public static void main(String[] arguments) throws Exception {
		Path folder = Path.of(arguments[0]);
		for (WatcherKind kind : new WatcherKind[] { WatcherKind.THREADED, WatcherKind.NONE }) {
			EventLoop loop = kind.newLoop();
			ChildWatcher watcher = kind.create();
			EventLoops.setChildWatcher(watcher);
			Thread thread = new Thread(loop::runForever, "eventloop-under-test");
			thread.start();
			System.out.println(
					kind + " changed " + output(loop, SHOW.addEnvironment("ADDED", "a").removeEnvironment("GONE")));
			System.out.println(kind + " inherited " + output(loop, SHOW));
			System.out.println(kind + " copied " + output(loop,
					SubprocessSpec.shell("echo $KEPT").stdout(Redirect.PIPE).environment(System.getenv())));
			System.out
				.println(kind + " own " + output(loop, SHOW.environment(Map.of("PATH", "/bin:/usr/bin", "KEPT", "o"))));
			if (watcher != null) {
				System.out
					.println(kind + " lookup " + output(loop, SubprocessSpec.exec("only-there").stdout(Redirect.PIPE)));
				File file = new File(folder.toFile(), "\u00fc");
				loop.subprocess(SubprocessSpec.exec("true").stdout(Redirect.to(file)).stderr(Redirect.appendTo(file)))
					.get(20, TimeUnit.SECONDS)
					.onExit()
					.get(20, TimeUnit.SECONDS);
				System.out.println(kind + " read "
						+ loop.subprocess(SubprocessSpec.exec("true").stdin(Redirect.from(file)))
							.get(20, TimeUnit.SECONDS)
							.onExit()
							.get(20, TimeUnit.SECONDS));
				System.out.println(kind + " directory "
						+ output(loop, SubprocessSpec.exec("pwd").directory(rawFolder(folder)).stdout(Redirect.PIPE))
							.endsWith("?"));
			}
			loop.callSoonThreadsafe(loop::stop);
			thread.join();
			loop.close();
		}
	}

	private static Path rawFolder(Path folder) throws Exception {
		try (Stream<Path> all = Files.list(folder)) {
			return all.filter(Files::isDirectory).findFirst().orElseThrow();
		}
	}

	private static String output(EventLoop loop, SubprocessSpec spec) throws Exception {
		Subprocess child = loop.subprocess(spec).get(20, TimeUnit.SECONDS);
		return child.communicate().get(20, TimeUnit.SECONDS).stdoutText().strip().replaceAll("[^ -~]", "?");
	}

}
