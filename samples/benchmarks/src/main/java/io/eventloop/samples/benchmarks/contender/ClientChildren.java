package io.eventloop.samples.benchmarks.contender;

import java.util.Arrays;

import io.eventloop.EventLoop;
import io.eventloop.client.SubprocessClient;
import io.eventloop.client.SubprocessCommand;
import io.eventloop.client.SubprocessResult;

/**
 * Commands of this project's client, on a loop that runs in the main thread.
 */
final class ClientChildren implements ChildProgram {

	private final EventLoop loop;

	private final SubprocessClient client;

	private int wrong;

	/**
	 * Create a client.
	 * @param selector what its loop waits on
	 * @param watcher the watcher
	 */
	ClientChildren(String selector, String watcher) {
		this.loop = EventLoopChildren.mainLoop(selector, watcher);
		this.client = SubprocessClient.create(this.loop);
	}

	@Override
	public void run(Job job, int count, int inFlight) {
		if (job.mode() != Job.Mode.EXCHANGE) {
			throw new IllegalArgumentException("The client has its commands' streams, and does not run " + job);
		}
		new Flow(this.loop, count, inFlight,
				(index) -> this.client.exec(job.program(index)).input(Job.INPUT).runAsync().thenAccept(this::check))
			.run();
	}

	@Override
	public void read(int megabytes) {
		read(this.client.exec(ChildProgram.writing(megabytes)), megabytes);
	}

	@Override
	public void readThroughAnother(int megabytes) {
		read(this.client.exec(ChildProgram.writing(megabytes)).pipeTo(this.client.exec(ChildProgram.PASSING_ON)),
				megabytes);
	}

	@Override
	public void readAtOnce(int children) {
		SubprocessCommand command = this.client.exec(WRITING_OUTPUT);
		new Flow(this.loop, children, children, (index) -> command.runAsync().thenAccept((result) -> {
			if (result.bytes().length != OUTPUT) {
				this.wrong++;
			}
		})).run();
	}

	private void read(SubprocessCommand command, int megabytes) {
		CountingSubscriber counter = new CountingSubscriber();
		this.loop.callSoon(() -> command.bytes().subscribe(counter));
		if (this.loop.runUntilComplete(counter.end()) != megabytes * 1_000_000L) {
			this.wrong++;
		}
	}

	private void check(SubprocessResult result) {
		if (!Arrays.equals(result.bytes(), Job.INPUT)) {
			this.wrong++;
		}
	}

	@Override
	public void startIdle(int count) {
		throw new UnsupportedOperationException("The client is measured without idle children");
	}

	@Override
	public void killIdle() {
		throw new UnsupportedOperationException("The client is measured without idle children");
	}

	@Override
	public int wrong() {
		return this.wrong;
	}

}
