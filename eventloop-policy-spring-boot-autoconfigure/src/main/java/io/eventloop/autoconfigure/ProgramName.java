package io.eventloop.autoconfigure;

import java.io.File;

import io.eventloop.SubprocessTransport;

/**
 * The file name of a child's program.
 */
final class ProgramName {

	private ProgramName() {
	}

	static String of(SubprocessTransport child) {
		String program = child.program();
		return program.substring(program.lastIndexOf(File.separatorChar) + 1);
	}

}
