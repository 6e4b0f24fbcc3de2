package io.eventloop.subprocess;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

import io.eventloop.EventLoop;
import io.eventloop.SubprocessProtocol;
import io.eventloop.memory.MemoryReserve;
import org.jspecify.annotations.Nullable;

/**
 * The order in which a protocol is told: what happens before it is connected waits, and
 * is told right after that. An error of one call goes to the loop's exception handler and
 * keeps no other from being made; an {@link OutOfMemoryError} ends the child. Belongs to
 * the loop's thread.
 */
final class ProtocolCalls {

	private final EventLoop loop;

	private final SubprocessProtocol protocol;

	private final Function<OutOfMemoryError, IOException> outOfMemory;

	private @Nullable Deque<Runnable> early = new ArrayDeque<>(2);

	/**
	 * Make no call yet.
	 * @param outOfMemory ends the child where the protocol finds no memory, and returns
	 * the reason; can be called twice
	 */
	ProtocolCalls(EventLoop loop, SubprocessProtocol protocol, Function<OutOfMemoryError, IOException> outOfMemory) {
		this.loop = loop;
		this.protocol = protocol;
		this.outOfMemory = outOfMemory;
	}

	/**
	 * Make the first call, and then those that had to wait for it.
	 */
	void connect(Runnable connectionMade) {
		Deque<Runnable> waiting = this.early;
		if (waiting == null) {
			return;
		}
		guard(connectionMade);
		for (Runnable call = waiting.poll(); call != null; call = waiting.poll()) {
			guard(call);
		}
		this.early = null;
	}

	void call(Runnable call) {
		if (this.early != null) {
			keep(this.early, call);
		}
		else {
			guard(call);
		}
	}

	private static void keep(Deque<Runnable> early, Runnable call) {
		for (int left = MemoryReserve.TRIES;; left--) {
			try {
				early.add(call);
				return;
			}
			catch (OutOfMemoryError ex) {
				MemoryReserve.await(left, ex);
			}
		}
	}

	private void guard(Runnable call) {
		try {
			call.run();
		}
		catch (OutOfMemoryError ex) {
			report(reason(ex));
		}
		catch (InternalError | UnknownError ex) {
			throw ex;
		}
		catch (Throwable ex) {
			report(ex);
		}
	}

	private IOException reason(OutOfMemoryError error) {
		for (int left = MemoryReserve.TRIES;; left--) {
			try {
				return this.outOfMemory.apply(error);
			}
			catch (OutOfMemoryError ex) {
				MemoryReserve.await(left, ex);
			}
		}
	}

	private void report(Throwable failure) {
		this.loop.callExceptionHandler(
				MemoryReserve.describe("Error in a subprocess protocol", failure, "protocol", this.protocol));
	}

}
