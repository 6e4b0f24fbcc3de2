package io.eventloop.loop;

import java.util.Collection;

import io.eventloop.SubprocessTransport;
import io.eventloop.pipe.PipeConnector;
import io.eventloop.subprocess.SubprocessLauncher;

/**
 * What a loop does with raw descriptors: readers and writers, pipes, subprocesses.
 */
final class LoopDescriptors extends SelectorIo {

	private final DescriptorTable table;

	private final PipeConnector pipes;

	private final SubprocessLauncher launcher;

	LoopDescriptors(BaseEventLoop loop, DescriptorTable table) {
		super(loop);
		this.table = table;
		LoopPipeReactor reactor = new LoopPipeReactor(loop, table);
		this.pipes = new PipeConnector(reactor);
		this.launcher = new SubprocessLauncher(reactor, loop::isFreeFor);
	}

	@Override
	void addReader(int fd, Runnable callback) {
		this.table.addReader(this.table.unclaimed(fd), handle(callback));
	}

	@Override
	boolean removeReader(int fd) {
		return this.table.removeReader(this.table.unclaimed(fd));
	}

	@Override
	void addWriter(int fd, Runnable callback) {
		this.table.addWriter(this.table.unclaimed(fd), handle(callback));
	}

	@Override
	boolean removeWriter(int fd) {
		return this.table.removeWriter(this.table.unclaimed(fd));
	}

	@Override
	PipeConnector pipes() {
		return this.pipes;
	}

	@Override
	SubprocessLauncher launcher() {
		return this.launcher;
	}

	@Override
	boolean supportsSubprocesses() {
		return true;
	}

	@Override
	Collection<SubprocessTransport> transports() {
		return this.launcher.transports();
	}

	@Override
	void close() {
		try {
			this.launcher.close();
		}
		finally {
			this.table.close();
		}
	}

}
