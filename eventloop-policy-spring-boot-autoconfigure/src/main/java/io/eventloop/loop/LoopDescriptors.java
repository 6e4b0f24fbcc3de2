package io.eventloop.loop;

import io.eventloop.selector.DescriptorSelector;
import io.eventloop.subprocess.PipeConnector;
import io.eventloop.subprocess.SubprocessLauncher;

/**
 * What a loop does with raw descriptors: readers and writers, pipes, subprocesses.
 */
final class LoopDescriptors implements AutoCloseable {

	private final DescriptorTable table;

	private final PipeConnector pipes;

	private final SubprocessLauncher launcher;

	LoopDescriptors(BaseEventLoop loop, DescriptorSelector selector) {
		this.table = new DescriptorTable(selector, loop::describe);
		LoopPipeReactor reactor = new LoopPipeReactor(loop, this.table);
		this.pipes = new PipeConnector(reactor);
		this.launcher = new SubprocessLauncher(reactor);
	}

	DescriptorTable table() {
		return this.table;
	}

	PipeConnector pipes() {
		return this.pipes;
	}

	SubprocessLauncher launcher() {
		return this.launcher;
	}

	@Override
	public void close() {
		try {
			this.launcher.close();
		}
		finally {
			this.table.close();
		}
	}

}
