package io.eventloop.client;

import java.util.List;

/**
 * What observers are told of a run when it begins. It has no argument and no variable in
 * it.
 *
 * @param command the command's name: its program's file name unless it was given another;
 * the names of a pipeline's commands with {@code |} between them
 * @param program the program, as the command has it; the last one of a pipeline
 * @param limits the limits that it takes a place of, in this order
 * @since 0.1.0
 */
public record RunRequest(String command, String program, List<ConcurrencyLimit> limits) {

	public RunRequest {
		limits = List.copyOf(limits);
	}

}
