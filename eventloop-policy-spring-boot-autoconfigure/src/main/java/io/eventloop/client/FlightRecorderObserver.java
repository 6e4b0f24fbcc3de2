package io.eventloop.client;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Records runs with the Flight Recorder. While it does not record them, a run costs one
 * look at whether it does.
 */
final class FlightRecorderObserver implements SubprocessObserver {

	/**
	 * What no return code is.
	 */
	private static final int NO_RETURN_CODE = -1000;

	private FlightRecorderObserver() {
	}

	/**
	 * Return the observer, or none in a runtime without the module {@code jdk.jfr}.
	 */
	static List<SubprocessObserver> ifPresent() {
		return ModuleLayer.boot().findModule("jdk.jfr").isPresent() ? List.of(new FlightRecorderObserver()) : List.of();
	}

	@Override
	public @Nullable Run begin(RunRequest request) {
		SubprocessRunEvent event = new SubprocessRunEvent();
		if (!event.isEnabled()) {
			return null;
		}
		event.command = request.command();
		event.program = request.program();
		event.begin();
		return (report) -> end(event, report);
	}

	private static void end(SubprocessRunEvent event, RunReport report) {
		event.end();
		if (!event.shouldCommit()) {
			return;
		}
		event.pid = report.pid().orElse(0);
		event.outcome = report.outcome().toString();
		event.returnCode = (report.status() != null) ? report.status().returnCode() : NO_RETURN_CODE;
		event.waited = report.waited().toNanos();
		event.inputBytes = report.inputBytes().orElse(0);
		event.outputBytes = report.outputBytes().orElse(0);
		event.commit();
	}

	@Override
	public String toString() {
		return "FlightRecorderObserver";
	}

}
