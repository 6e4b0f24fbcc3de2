package io.eventloop.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Subscription;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Output as a publisher, and input from one.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource(names = { "THREADED", "PIDFD", "NONE" })
class PublisherIT {

	@RegisterExtension
	private final LoopExtension extension;

	private SubprocessClient client;

	PublisherIT(WatcherKind watcher) {
		this.extension = new LoopExtension(watcher);
	}

	@BeforeEach
	void createClient() {
		this.client = SubprocessClient.create(this.extension.loop());
	}

	private static <T> Flux<T> flux(Flow.Publisher<T> publisher) {
		return JdkFlowAdapter.flowPublisherToFlux(publisher);
	}

	@Test
	void everySubscriptionIsARun() {
		Flux<String> lines = flux(this.client.exec("seq", "1", "3").lines());
		assertThat(lines.collectList().block()).containsExactly("1", "2", "3");
		assertThat(lines.collectList().block()).containsExactly("1", "2", "3");
	}

	@Test
	void aFailureComesAfterTheLastLine() {
		List<Signal<String>> signals = flux(this.client.shell("echo one; echo two; exit 3").lines()).materialize()
			.collectList()
			.block();
		assertThat(signals).hasSize(3);
		assertThat(signals.get(1).get()).isEqualTo("two");
		assertThat(signals.get(2).getThrowable()).hasMessage("sh ended with exit code 3");
		assertThat(flux(this.client.exec("no-such-program").lines()).materialize().blockLast().getThrowable())
			.isInstanceOf(SubprocessException.class);
	}

	@Test
	void theChildWaitsForDemand() {
		List<String> lines = new CopyOnWriteArrayList<>();
		BaseSubscriber<String> subscriber = new BaseSubscriber<>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				subscription.request(2);
			}

			@Override
			protected void hookOnNext(String line) {
				lines.add(line);
			}

		};
		flux(this.client.exec("seq", "1", "1000000").lines()).subscribe(subscriber);
		Awaitility.await().until(() -> lines.size() == 2);
		subscriber.request(1);
		Awaitility.await().until(() -> lines.size() == 3);
		assertThat(this.extension.loop().subprocessTransports()).as("the child, which waits").hasSize(1);
		subscriber.cancel();
		assertThat(lines).containsExactly("1", "2", "3");
		Awaitility.await().until(() -> this.extension.loop().subprocessTransports().isEmpty());
	}

	@Test
	void aSlowSubscriberGetsEverything() {
		AtomicLong sum = new AtomicLong();
		AtomicLong count = new AtomicLong();
		flux(this.client.exec("head", "-c", "50000000", "/dev/zero").bytes()).limitRate(1).doOnNext((buffer) -> {
			sum.addAndGet(buffer.remaining());
			count.incrementAndGet();
		}).blockLast();
		assertThat(sum.get()).isEqualTo(50_000_000);
		assertThat(count.get()).isGreaterThan(100);
	}

	@Test
	void publishersGoIn() {
		List<ByteBuffer> input = IntStream.range(0, 1000)
			.mapToObj((i) -> ByteBuffer.wrap((i + "\n").getBytes(StandardCharsets.UTF_8)))
			.toList();
		String text = this.client.exec("cat")
			.input(JdkFlowAdapter.publisherToFlowPublisher(Flux.fromIterable(input)))
			.run()
			.text();
		assertThat(text).isEqualTo(IntStream.range(0, 1000).mapToObj((i) -> i + "\n").collect(Collectors.joining()));
	}

	@Test
	void bothAtOnce() {
		Flux<ByteBuffer> zeros = Flux.range(0, 2000).map((i) -> ByteBuffer.allocate(10_000));
		long size = flux(
				this.client.shell("gzip | gunzip").input(JdkFlowAdapter.publisherToFlowPublisher(zeros)).bytes())
			.map(ByteBuffer::remaining)
			.reduce(0L, Long::sum)
			.block();
		assertThat(size).isEqualTo(20_000_000);
	}

	@Test
	void aPublisherThatFailsIsTheRunsFailure() {
		IllegalStateException failure = new IllegalStateException("no more");
		Flux<ByteBuffer> failing = Flux.concat(Flux.just(ByteBuffer.allocate(10)), Flux.error(failure));
		assertThatIllegalStateException()
			.isThrownBy(() -> this.client.exec("cat").input(JdkFlowAdapter.publisherToFlowPublisher(failing)).run())
			.isSameAs(failure);
	}

	@Test
	void aPublisherWhoseChildReadsNoMoreIsCancelled() {
		CompletableFuture<Void> cancelled = new CompletableFuture<>();
		Flux<ByteBuffer> endless = Flux.<ByteBuffer>generate((sink) -> sink.next(ByteBuffer.allocate(10_000)))
			.doOnCancel(() -> cancelled.complete(null));
		assertThat(this.client.exec("true").input(JdkFlowAdapter.publisherToFlowPublisher(endless)).run().returnCode())
			.isZero();
		assertThat(cancelled).succeedsWithin(Duration.ofSeconds(10));
	}

	@Test
	void aSubscriberThatThrowsEndsItsRunAndNotTheLoop() {
		CompletableFuture<Throwable> told = new CompletableFuture<>();
		this.client.exec("yes").lines().subscribe(new Flow.Subscriber<>() {

			@Override
			public void onSubscribe(Flow.Subscription subscription) {
				subscription.request(5);
			}

			@Override
			public void onNext(String item) {
				throw new IllegalArgumentException("enough");
			}

			@Override
			public void onError(Throwable throwable) {
				told.complete(throwable);
			}

			@Override
			public void onComplete() {
				told.complete(null);
			}

		});
		Awaitility.await().until(() -> !this.extension.errors.isEmpty());
		assertThat(this.extension.errors.remove(0).exception()).hasMessage("enough");
		Awaitility.await().until(() -> this.extension.loop().subprocessTransports().isEmpty());
		assertThat(told).isNotDone();
		assertThat(this.client.exec("echo", "on").line()).isEqualTo("on");
	}

	@Test
	void anOutputThatGoesElsewhereIsNotPublished() {
		assertThatIllegalStateException().isThrownBy(() -> this.client.exec("true").discardOutput().lines())
			.withMessage("The output of true goes elsewhere, so there is none to publish; "
					+ "leave out what sends it there");
	}

}
