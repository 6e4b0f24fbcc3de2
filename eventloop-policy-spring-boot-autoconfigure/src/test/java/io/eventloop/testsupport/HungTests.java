package io.eventloop.testsupport;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.junit.jupiter.api.Timeout;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Ends the JVM of the tests where nothing has begun or ended for a minute longer than a
 * test may take: JUnit's time-out is an interrupt, and there are waits that do not listen
 * to one, so that a build would stand still for as long as it is allowed to. All stacks
 * are printed and left in {@code target/hung-tests.txt} before.
 */
public final class HungTests implements TestExecutionListener {

	private static final Duration USUAL = Duration.ofMinutes(2);

	private static final Duration GRACE = Duration.ofMinutes(1);

	private static final Path REPORT = Path.of("target", "hung-tests.txt");

	private volatile Watch watch = new Watch("the start", Duration.ofMinutes(5));

	@Override
	public void testPlanExecutionStarted(TestPlan plan) {
		if (isDebugged()) {
			return;
		}
		Thread thread = new Thread(this::run, "hung-tests");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void executionStarted(TestIdentifier test) {
		this.watch = new Watch("within " + test.getUniqueId(), limit(test));
	}

	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		this.watch = new Watch("after " + test.getUniqueId(), limit(test));
	}

	private static boolean isDebugged() {
		return ManagementFactory.getRuntimeMXBean()
			.getInputArguments()
			.stream()
			.anyMatch((argument) -> argument.startsWith("-agentlib:jdwp"));
	}

	private void run() {
		while (!this.watch.isOver()) {
			LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
		}
		try {
			Files.createDirectories(REPORT.getParent());
			try (PrintStream file = new PrintStream(Files.newOutputStream(REPORT))) {
				print(file);
			}
			print(new PrintStream(new FileOutputStream(FileDescriptor.err)));
		}
		catch (IOException ex) {
			ex.printStackTrace();
		}
		finally {
			Runtime.getRuntime().halt(1);
		}
	}

	private void print(PrintStream out) {
		out.printf("Nothing has begun or ended for %d s %s%n", this.watch.limit.toSeconds(), this.watch.place);
		for (Map.Entry<Thread, StackTraceElement[]> stack : Thread.getAllStackTraces().entrySet()) {
			out.printf("%n\"%s\" %s%n", stack.getKey().getName(), stack.getKey().getState());
			Stream.of(stack.getValue()).forEach((frame) -> out.println("\tat " + frame));
		}
		out.flush();
	}

	private static Duration limit(TestIdentifier test) {
		return test.getSource()
			.flatMap(HungTests::timeout)
			.map((timeout) -> Duration.of(timeout.value(), timeout.unit().toChronoUnit()))
			.filter((limit) -> limit.compareTo(USUAL) > 0)
			.orElse(USUAL)
			.plus(GRACE);
	}

	private static Optional<Timeout> timeout(TestSource source) {
		if (source instanceof MethodSource method) {
			return timeout(method.getJavaMethod()).or(() -> timeout(method.getJavaClass()));
		}
		return (source instanceof ClassSource type) ? timeout(type.getJavaClass()) : Optional.empty();
	}

	private static Optional<Timeout> timeout(AnnotatedElement element) {
		return AnnotationSupport.findAnnotation(element, Timeout.class);
	}

	private static final class Watch {

		private final String place;

		private final Duration limit;

		private final long start = System.nanoTime();

		private Watch(String place, Duration limit) {
			this.place = place;
			this.limit = limit;
		}

		private boolean isOver() {
			return System.nanoTime() - this.start > this.limit.toNanos();
		}

	}

}
