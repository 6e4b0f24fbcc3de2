package io.eventloop.client;

import java.lang.ProcessBuilder.Redirect;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

import io.eventloop.EventLoop;
import io.eventloop.SubprocessProtocol;
import io.eventloop.SubprocessSpec;
import io.eventloop.SubprocessTransport;
import io.eventloop.WriteTransport;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.testng.SkipException;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

import org.springframework.util.ReflectionUtils;

/**
 * The Reactive Streams TCK, which is written for TestNG, on real children.
 */
@Timeout(300)
class ReactiveStreamsIT {

	private static final TestEnvironment ENVIRONMENT = new TestEnvironment(5000, 200);

	@RegisterExtension
	private final LoopExtension extension = new LoopExtension(WatcherKind.PIDFD);

	@TestFactory
	Stream<DynamicTest> linesAreAPublisher() {
		SubprocessClient client = SubprocessClient.create(this.extension.loop());
		return tests(new Publishing<>((count) -> client.exec("seq", "1", Long.toString(count)).lines(),
				client.exec("no-such-program").lines(), Long.MAX_VALUE - 1));
	}

	/**
	 * How many buffers there are is up to the kernel, but for a single one.
	 */
	@TestFactory
	Stream<DynamicTest> bytesAreAPublisher() {
		SubprocessClient client = SubprocessClient.create(this.extension.loop());
		return tests(new Publishing<>((count) -> client.exec("head", "-c", Long.toString(count), "/dev/zero").bytes(),
				client.exec("no-such-program").bytes(), 1));
	}

	@TestFactory
	Stream<DynamicTest> anInputIsASubscriber() {
		return tests(new Subscribing(this.extension.loop()));
	}

	private static Stream<DynamicTest> tests(Object verification) {
		call(verification, BeforeClass.class);
		return methods(verification, Test.class)
			.map((method) -> DynamicTest.dynamicTest(method.getName(), () -> run(verification, method)))
			.onClose(() -> call(verification, AfterClass.class));
	}

	private static Stream<Method> methods(Object verification, Class<? extends Annotation> annotation) {
		return Arrays.stream(verification.getClass().getMethods())
			.filter((method) -> method.isAnnotationPresent(annotation))
			.sorted(Comparator.comparing(Method::getName));
	}

	private static void call(Object verification, Class<? extends Annotation> annotation) {
		methods(verification, annotation).forEach((method) -> ReflectionUtils.invokeMethod(method, verification));
	}

	private static void run(Object verification, Method test) {
		call(verification, BeforeMethod.class);
		try {
			ReflectionUtils.invokeMethod(test, verification);
		}
		catch (SkipException ex) {
			Assumptions.abort(ex.getMessage());
		}
	}

	/**
	 * Makes publishers.
	 *
	 * @param <T> the items' type
	 */
	@FunctionalInterface
	interface Publishers<T> {

		Flow.Publisher<T> of(long count);

	}

	/**
	 * Verifies a publisher.
	 *
	 * @param <T> the items' type
	 */
	public static final class Publishing<T> extends FlowPublisherVerification<T> {

		private final Publishers<T> publishers;

		private final Flow.Publisher<T> failed;

		private final long max;

		Publishing(Publishers<T> publishers, Flow.Publisher<T> failed, long max) {
			super(ENVIRONMENT);
			this.publishers = publishers;
			this.failed = failed;
			this.max = max;
		}

		@Override
		public Flow.Publisher<T> createFlowPublisher(long elements) {
			return this.publishers.of(elements);
		}

		@Override
		public Flow.Publisher<T> createFailedFlowPublisher() {
			return this.failed;
		}

		@Override
		public long maxElementsFromPublisher() {
			return this.max;
		}

	}

	/**
	 * Verifies the subscriber that feeds a child.
	 */
	public static final class Subscribing extends FlowSubscriberBlackboxVerification<ByteBuffer> {

		private final EventLoop loop;

		Subscribing(EventLoop loop) {
			super(ENVIRONMENT);
			this.loop = loop;
		}

		@Override
		public Flow.Subscriber<ByteBuffer> createFlowSubscriber() {
			SubprocessSpec cat = SubprocessSpec.exec("cat").stdin(Redirect.PIPE).stdout(Redirect.DISCARD);
			SubprocessTransport child = this.loop.subprocessExec(() -> new SubprocessProtocol() {
			}, cat).join().transport();
			PublisherFeed feed = new PublisherFeed(this.loop, (subscriber) -> {
				// The verification is the publisher
			}, (failure) -> child.close());
			this.loop
				.callSoonThreadsafe(() -> feed.start((WriteTransport) Objects.requireNonNull(child.pipeTransport(0))));
			return feed;
		}

		@Override
		public ByteBuffer createElement(int element) {
			return ByteBuffer.wrap(new byte[] { (byte) element });
		}

	}

}
