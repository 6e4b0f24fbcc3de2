package io.eventloop.samples.jobrunner;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A command that clients may run.
 *
 * @param name its name in requests
 * @param description what it does
 * @param input whether it reads input
 * @param exec the program and its arguments
 */
record Command(String name, String description, boolean input, @JsonIgnore List<String> exec) {

	String program() {
		return this.exec.get(0);
	}

	/**
	 * Leaves out the arguments, which may be secrets: this text gets into logs.
	 */
	@Override
	public String toString() {
		return "Command[" + this.name + "]";
	}

}
