package io.eventloop.subprocess;

import io.eventloop.EventLoop;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessProtocol;
import io.eventloop.SubprocessSpec;
import io.eventloop.SubprocessTransport;

/**
 * Streams over a child that another than the {@link SubprocessLauncher} brings. Belongs
 * to the loop's thread.
 *
 * @since 0.1.0
 */
public final class StreamedChild {

	private final EventLoop loop;

	private final StreamsProtocol protocol;

	/**
	 * Prepare the streams.
	 * @param loop the child's loop
	 * @param spec what the child is
	 */
	public StreamedChild(EventLoop loop, SubprocessSpec spec) {
		this.loop = loop;
		this.protocol = new StreamsProtocol(loop, spec.limit());
	}

	/**
	 * Return what is to be told of the child.
	 * @return the protocol
	 */
	public SubprocessProtocol protocol() {
		return this.protocol;
	}

	/**
	 * Return the child with its streams.
	 * @param transport the child, which the protocol is connected to
	 * @return the child
	 */
	public Subprocess over(SubprocessTransport transport) {
		return new StreamSubprocess(this.loop, transport, this.protocol);
	}

}
