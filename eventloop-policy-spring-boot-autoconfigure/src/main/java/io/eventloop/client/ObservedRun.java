package io.eventloop.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run as its observers see it. Whatever they do, it goes on. Belongs to the loop's
 * thread, but for its beginning.
 */
final class ObservedRun {

	private static final Logger logger = LoggerFactory.getLogger(SubprocessObserver.class);

	private final String command;

	private final List<SubprocessObserver.Run> runs = new ArrayList<>(2);

	private boolean ended;

	private ObservedRun(String command) {
		this.command = command;
	}

	/**
	 * Tell the observers that a run begins.
	 * @return the run, or {@code null} where no observer wants to know more
	 */
	static @Nullable ObservedRun begin(List<SubprocessObserver> observers, Supplier<RunRequest> request) {
		if (observers.isEmpty()) {
			return null;
		}
		RunRequest made = request.get();
		ObservedRun observed = new ObservedRun(made.command());
		for (SubprocessObserver observer : observers) {
			observed.begin(observer, made);
		}
		return observed.runs.isEmpty() ? null : observed;
	}

	private void begin(SubprocessObserver observer, RunRequest request) {
		try {
			SubprocessObserver.Run run = observer.begin(request);
			if (run != null) {
				this.runs.add(run);
			}
		}
		catch (RuntimeException ex) {
			report(observer, ex);
		}
	}

	/**
	 * Return the variables that the observers add for the children.
	 */
	Map<String, String> environment() {
		Map<String, String> variables = new HashMap<>();
		tell((run) -> variables.putAll(run.environment()));
		return variables;
	}

	void started(String program, long pid) {
		tell((run) -> run.started(program, pid));
	}

	/**
	 * Tell the observers that it is over. A second call does nothing.
	 */
	void ended(RunReport report) {
		if (!this.ended) {
			this.ended = true;
			tell((run) -> run.ended(report));
		}
	}

	private void tell(Consumer<SubprocessObserver.Run> call) {
		this.runs.removeIf((run) -> !told(run, call));
	}

	private boolean told(SubprocessObserver.Run run, Consumer<SubprocessObserver.Run> call) {
		try {
			call.accept(run);
			return true;
		}
		catch (RuntimeException ex) {
			report(run, ex);
			return false;
		}
	}

	private void report(Object observer, RuntimeException failure) {
		logger.error("{} has thrown while it observed a run of {}, which goes on without it", observer, this.command,
				failure);
	}

}
