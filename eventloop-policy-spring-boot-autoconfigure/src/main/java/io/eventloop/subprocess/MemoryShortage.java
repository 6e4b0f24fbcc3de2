package io.eventloop.subprocess;

import java.io.IOException;

import io.eventloop.SubprocessTransport;
import io.eventloop.memory.MemoryReserve;

/**
 * What those are told who wait for data of a child that do not fit into memory.
 */
final class MemoryShortage {

	private MemoryShortage() {
	}

	/**
	 * Explain the failure.
	 * @param stream which data
	 * @param killed whether the child was killed for it
	 */
	static IOException of(SubprocessTransport child, String stream, boolean killed, OutOfMemoryError error) {
		String end = killed ? ", and the process was killed" : "";
		String remedy = stream.equals("input") ? "write less at a time and wait for drain"
				: "redirect it to a file, or read it in pieces";
		return MemoryReserve.explain("The %s of process %d (%s) does not fit into memory%s; %s".formatted(stream,
				child.pid(), child.program(), end, remedy), error);
	}

}
