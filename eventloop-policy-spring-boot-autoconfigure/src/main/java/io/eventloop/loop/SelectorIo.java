package io.eventloop.loop;

import java.nio.channels.SelectableChannel;
import java.util.Collection;
import java.util.List;

import io.eventloop.SubprocessTransport;
import io.eventloop.pipe.PipeConnector;
import io.eventloop.subprocess.SubprocessLauncher;

/**
 * What a selector loop does with what its selector waits for. Of raw descriptors and
 * channels, each kind overrides what concerns the one, and refuses what concerns the
 * other.
 */
abstract class SelectorIo {

	private final BaseEventLoop loop;

	SelectorIo(BaseEventLoop loop) {
		this.loop = loop;
	}

	final DescriptorHandle handle(Runnable callback) {
		return this.loop.describe(new DescriptorHandle(callback));
	}

	void addReader(int fd, Runnable callback) {
		throw noDescriptors();
	}

	boolean removeReader(int fd) {
		return false;
	}

	void addWriter(int fd, Runnable callback) {
		throw noDescriptors();
	}

	boolean removeWriter(int fd) {
		return false;
	}

	PipeConnector pipes() {
		throw noDescriptors();
	}

	SubprocessLauncher launcher() {
		throw noDescriptors();
	}

	boolean supportsSubprocesses() {
		return false;
	}

	/**
	 * Return the transports of the children that have not ended.
	 */
	Collection<SubprocessTransport> transports() {
		return List.of();
	}

	void addReader(SelectableChannel channel, Runnable callback) {
		throw noChannels();
	}

	boolean removeReader(SelectableChannel channel) {
		return false;
	}

	void addWriter(SelectableChannel channel, Runnable callback) {
		throw noChannels();
	}

	boolean removeWriter(SelectableChannel channel) {
		return false;
	}

	/**
	 * End what is under way, while the selector is still there.
	 */
	void close() {
	}

	private UnsupportedOperationException noDescriptors() {
		return new UnsupportedOperationException(
				"%s waits for channels, and has neither raw descriptors nor subprocesses; set eventloop.selector=auto, epoll or poll, or create it with an EpollSelector or a PollSelector"
					.formatted(this.loop));
	}

	private UnsupportedOperationException noChannels() {
		return new UnsupportedOperationException(
				"%s waits for raw descriptors, and Java does not expose a channel's descriptor; set eventloop.selector=nio, or create the loop with a NioSelector"
					.formatted(this.loop));
	}

}
