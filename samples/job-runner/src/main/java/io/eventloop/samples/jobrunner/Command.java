package io.eventloop.samples.jobrunner;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Something that people may have run.
 *
 * @param name what they call it
 * @param description what it does
 * @param input whether it reads what they send
 * @param exec the program and its arguments
 */
record Command(String name, String description, boolean input, @JsonIgnore List<String> exec) {

	String program() {
		return this.exec.get(0);
	}

	/**
	 * The arguments may be secrets, and this is what gets into logs.
	 */
	@Override
	public String toString() {
		return "Command[" + this.name + "]";
	}

}
