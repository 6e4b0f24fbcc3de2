package io.eventloop.loop;

import java.util.Collection;

import io.eventloop.SubprocessTransport;
import io.eventloop.subprocess.SubprocessLauncher;

/**
 * What a loop does with channels, and with children whose pipes are none: threads read
 * and write those.
 */
final class LoopChannelsWithChildren extends LoopChannels {

	private final SubprocessLauncher launcher;

	LoopChannelsWithChildren(BaseEventLoop loop, ChannelTable table) {
		super(loop, table);
		this.launcher = SubprocessLauncher.overBlockingPipes(loop);
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
		this.launcher.close();
	}

}
