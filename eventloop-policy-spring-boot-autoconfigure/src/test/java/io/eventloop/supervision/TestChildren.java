package io.eventloop.supervision;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.Output;
import io.eventloop.StreamReader;
import io.eventloop.StreamWriter;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.SubprocessTransport;
import io.eventloop.Teardown;

/**
 * Children that live as long as a test wants, for tests whose time is virtual.
 */
final class TestChildren {

	final List<Child> started = new ArrayList<>();

	private final EventLoop loop;

	boolean launchAtOnce = true;

	boolean endAtOnce = true;

	TestChildren(EventLoop loop) {
		this.loop = loop;
	}

	LoopFuture<Subprocess> start(SubprocessSpec spec) {
		Child child = new Child(this.started.size() + 1);
		this.started.add(child);
		if (this.launchAtOnce) {
			child.launched.complete(child);
		}
		return child.launched;
	}

	Child last() {
		return this.started.get(this.started.size() - 1);
	}

	/**
	 * A child.
	 */
	final class Child implements Subprocess {

		final LoopFuture<Subprocess> launched = new LoopFuture<>(TestChildren.this.loop);

		private final LoopFuture<Integer> exit = new LoopFuture<>(TestChildren.this.loop);

		private final LoopFuture<Teardown.Outcome> gone = new LoopFuture<>(TestChildren.this.loop);

		private final int pid;

		int asked;

		Child(int pid) {
			this.pid = pid;
		}

		/**
		 * Exit, with nothing left.
		 */
		void exit(int code) {
			this.exit.complete(code);
			this.gone.complete(new Teardown.Outcome(true, null));
		}

		@Override
		public LoopFuture<Teardown.Outcome> end(Teardown ladder) {
			this.asked++;
			if (TestChildren.this.endAtOnce) {
				exit(-15);
			}
			return this.gone;
		}

		@Override
		public long pid() {
			return this.pid;
		}

		@Override
		public StreamWriter stdin() {
			return null;
		}

		@Override
		public StreamReader stdout() {
			return null;
		}

		@Override
		public StreamReader stderr() {
			return null;
		}

		@Override
		public OptionalInt returnCode() {
			return this.exit.isDone() ? OptionalInt.of(this.exit.getNow(0)) : OptionalInt.empty();
		}

		@Override
		public LoopFuture<Integer> onExit() {
			return this.exit;
		}

		@Override
		public LoopFuture<Integer> onDrained() {
			return this.exit;
		}

		@Override
		public LoopFuture<Output> communicate(byte[] input) {
			throw new UnsupportedOperationException("A child of a test");
		}

		@Override
		public LoopFuture<Output> communicate(byte[] input, long maxOutput) {
			throw new UnsupportedOperationException("A child of a test");
		}

		@Override
		public SubprocessTransport transport() {
			throw new UnsupportedOperationException("A child of a test");
		}

	}

}
