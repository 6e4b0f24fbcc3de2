package io.eventloop.testsupport;

import java.util.Optional;

import io.eventloop.posix.PosixPlatform;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips tests of io_uring where the kernel has none that can wait for children, or a
 * container forbids it.
 */
public final class RequireIoUring implements ExecutionCondition {

	private static final Optional<String> PROBLEM = PosixPlatform.ioUringProblem();

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		return PROBLEM.map(ConditionEvaluationResult::disabled)
			.orElseGet(() -> ConditionEvaluationResult.enabled("io_uring works"));
	}

	/**
	 * Skip a test with a watcher of this name that does not work here.
	 */
	public static void forWatcher(String name) {
		Assumptions.assumeFalse(name.equals("io-uring") && isMissing(), () -> PROBLEM.orElse(""));
	}

	public static boolean isMissing() {
		return PROBLEM.isPresent();
	}

}
