package io.eventloop.subprocess;

import io.eventloop.memory.RepeatableCallback;

/**
 * A call of one of a transport's methods, allocated before it is needed. One class for
 * all: linking a lambda for each would cost the first child of a process milliseconds.
 */
final class TransportCall implements RepeatableCallback {

	static final int EXIT_NOTED = 0;

	static final int TELL_EXIT = 1;

	static final int FINISH = 2;

	static final int PROCESS_EXITED = 3;

	static final int CLOSE = 4;

	private final ChildTransport transport;

	private final int what;

	TransportCall(ChildTransport transport, int what) {
		this.transport = transport;
		this.what = what;
	}

	@Override
	public void run() {
		switch (this.what) {
			case EXIT_NOTED -> this.transport.exitNoted();
			case TELL_EXIT -> this.transport.tellExit();
			case FINISH -> this.transport.finish();
			case PROCESS_EXITED -> this.transport.tellProtocolOfExit();
			default -> this.transport.closeOnLoop();
		}
	}

}
