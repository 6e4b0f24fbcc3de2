package io.eventloop.client;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/**
 * The run of a command in a recording of the Flight Recorder. It is committed on the
 * loop, whose stack tells nothing.
 */
@Name("eventloop.SubprocessRun")
@Label("Subprocess Run")
@Category("Event Loop")
@Description("The run of a command, from the call to its end")
@StackTrace(false)
final class SubprocessRunEvent extends Event {

	@Label("Command")
	@Description("The command's name")
	@Nullable String command;

	@Label("Program")
	@Nullable String program;

	@Label("Process Id")
	@Description("0 if no child was started")
	long pid;

	@Label("Outcome")
	@Nullable String outcome;

	@Label("Return Code")
	@Description("The exit code, or minus the number of the signal that ended the program; -1000 if it did not end")
	int returnCode;

	@Label("Time Waited")
	@Description("How long it waited for a free place")
	@Timespan
	long waited;

	@Label("Bytes In")
	@Description("How much was written to it")
	@DataAmount
	long inputBytes;

	@Label("Bytes Out")
	@Description("How much was read from it")
	@DataAmount
	long outputBytes;

}
