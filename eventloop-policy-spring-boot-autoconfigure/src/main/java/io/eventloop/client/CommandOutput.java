package io.eventloop.client;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What becomes of what a command writes.
 *
 * @param charset the charset of its texts and lines
 * @param output where its output goes
 * @param errors where its standard error goes
 * @param limits how much is collected
 */
record CommandOutput(Charset charset, OutputTarget output, OutputTarget errors, OutputLimits limits) {

	static final CommandOutput COLLECTED = new CommandOutput(StandardCharsets.UTF_8, new OutputTarget.Collected(),
			new OutputTarget.Collected(), OutputLimits.DEFAULT);

	CommandOutput {
		Objects.requireNonNull(charset, "'charset' must not be null");
	}

	CommandOutput withCharset(Charset other) {
		return new CommandOutput(other, this.output, this.errors, this.limits);
	}

	CommandOutput withOutput(OutputTarget other) {
		return new CommandOutput(this.charset, other, this.errors, this.limits);
	}

	CommandOutput withErrors(OutputTarget other) {
		return new CommandOutput(this.charset, this.output, other, this.limits);
	}

	CommandOutput withLimits(OutputLimits other) {
		return new CommandOutput(this.charset, this.output, this.errors, other);
	}

	/**
	 * Return whether an output is handed on as it comes.
	 */
	boolean isConsumed() {
		return this.output.isConsumed() || this.errors.isConsumed();
	}

	/**
	 * Return whether the output is read here, and only the caller gets it.
	 */
	boolean isCollected() {
		return this.output instanceof OutputTarget.Collected;
	}

}
