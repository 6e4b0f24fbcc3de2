package io.eventloop.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.eventloop.SubprocessSpec;
import org.jspecify.annotations.Nullable;

/**
 * All that is to be known of a command before it runs.
 *
 * @param spec what to start, without the streams that this process reads and writes
 * @param input what it reads
 * @param output what becomes of its output
 * @param bounds how long it may take, and how it is ended
 * @param success which results are good
 * @param writer the command that writes to its input, if it ends a pipeline
 */
record CommandPlan(SubprocessSpec spec, CommandInput input, CommandOutput output, CommandBounds bounds,
		Predicate<SubprocessResult> success, @Nullable CommandPlan writer) {

	static CommandPlan of(SubprocessSpec spec) {
		return new CommandPlan(spec, new CommandInput.None(), CommandOutput.COLLECTED, CommandBounds.DEFAULT,
				(result) -> result.returnCode() == 0, null);
	}

	CommandPlan with(SubprocessSpec other) {
		return new CommandPlan(other, this.input, this.output, this.bounds, this.success, this.writer);
	}

	CommandPlan with(CommandInput other) {
		if (!(this.input instanceof CommandInput.None) || this.writer != null) {
			throw new IllegalStateException(
					"%s has an input already, and reads no second one; give it one input".formatted(name()));
		}
		return new CommandPlan(this.spec, other, this.output, this.bounds, this.success, this.writer);
	}

	CommandPlan with(CommandOutput other) {
		return new CommandPlan(this.spec, this.input, other, this.bounds, this.success, this.writer);
	}

	CommandPlan with(CommandBounds other) {
		return new CommandPlan(this.spec, this.input, this.output, other, this.success, this.writer);
	}

	CommandPlan with(Predicate<SubprocessResult> other) {
		return new CommandPlan(this.spec, this.input, this.output, this.bounds, other, this.writer);
	}

	/**
	 * Return the pipeline in which another command writes to the input of this one.
	 */
	CommandPlan after(CommandPlan other) {
		if (!(this.input instanceof CommandInput.None)) {
			throw new IllegalStateException("%s has an input, and cannot read what %s writes too; leave one of them out"
				.formatted(name(), other.name()));
		}
		if (!other.output.isCollected()) {
			throw new IllegalStateException(
					"The output of %s goes elsewhere, so %s cannot read it; leave out what sends it there"
						.formatted(other.name(), name()));
		}
		CommandPlan first = (this.writer != null) ? this.writer.after(other) : other;
		return new CommandPlan(this.spec, this.input, this.output, this.bounds, this.success, first);
	}

	/**
	 * Return the commands of the pipeline from the left to this one.
	 */
	List<CommandPlan> members() {
		List<CommandPlan> members = (this.writer != null) ? this.writer.members() : new ArrayList<>(1);
		members.add(this);
		return members;
	}

	/**
	 * Return the name, for messages, of the command or of all commands of the pipeline.
	 */
	String name() {
		return (this.writer == null) ? this.spec.name()
				: members().stream().map((member) -> member.spec.name()).collect(Collectors.joining(" | "));
	}

}
