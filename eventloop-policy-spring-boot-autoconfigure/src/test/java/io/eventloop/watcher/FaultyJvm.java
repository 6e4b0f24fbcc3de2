package io.eventloop.watcher;

import java.util.concurrent.TimeUnit;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoops;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.watcher.ChildWatcherContract.Candidate;

/**
 * A watcher and its loop in a JVM that lacks something, as its mains have it.
 */
final class FaultyJvm implements AutoCloseable {

	private static final int PATIENCE_SECONDS = 20;

	final LoopThread loop = new LoopThread("main-loop");

	final ChildWatcher watcher;

	FaultyJvm(Candidate candidate) {
		this.loop.awaitRunning();
		this.watcher = candidate.factory().get();
		this.watcher.attachLoop(this.loop.loop());
		EventLoops.setChildWatcher(this.watcher);
	}

	/**
	 * Start a child with pipes.
	 * @return its return code
	 */
	int run(String script) throws Exception {
		Subprocess child = this.loop.loop()
			.subprocess(SubprocessSpec.shell(script).pipes())
			.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		return child.onDrained().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
	}

	/**
	 * Fail to start a child with pipes.
	 * @return why
	 */
	String fail() throws Exception {
		return this.loop.loop()
			.subprocess(SubprocessSpec.exec("/bin/cat").pipes())
			.handle((child, error) -> (error != null) ? error.toString() : "nothing failed")
			.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
	}

	RecordedExits register(TestChild child) {
		RecordedExits exits = new RecordedExits();
		this.loop.run(() -> this.watcher.addChildHandler(child.pid(), exits));
		return exits;
	}

	@Override
	public void close() {
		EventLoops.setChildWatcher(null);
		this.loop.close();
	}

	/**
	 * Return a part of a message, the message where it is not in it.
	 */
	static String extract(String message, String part) {
		return message.contains(part) ? part : message;
	}

}
