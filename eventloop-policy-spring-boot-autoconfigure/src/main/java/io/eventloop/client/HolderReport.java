package io.eventloop.client;

import java.util.List;

import io.eventloop.EventLoop;
import io.eventloop.subprocess.PipeHolders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who holds the output of a program that has exited.
 */
final class HolderReport {

	private static final Logger logger = LoggerFactory.getLogger(HolderReport.class);

	private HolderReport() {
	}

	/**
	 * Find out, off the loop, and log it.
	 */
	static void of(EventLoop loop, String command, PipeHolders holders) {
		OffLoop.compute(loop, holders::find, List.of(),
				(found) -> logger.warn(
						"{} has exited, but its output is held open by {}; it is read no longer. "
								+ "Let what it leaves behind write elsewhere, or set endTreeOnExit",
						command, found.isEmpty() ? "a process that cannot be seen" : found));
	}

}
