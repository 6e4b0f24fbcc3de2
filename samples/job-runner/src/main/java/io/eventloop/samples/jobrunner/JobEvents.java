package io.eventloop.samples.jobrunner;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.eventloop.EventLoop;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * All clients that follow jobs. One timer of the event loop serves all of them; because a
 * client may be slow to receive, events are sent by a pool of threads, at most one per
 * client.
 * <p>
 * Stops before the web server, which would wait for the streams.
 */
@Component
class JobEvents implements SmartLifecycle, DisposableBean {

	private final EventLoop loop;

	private final Duration interval;

	private final int maxStreams;

	private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();

	private final ThreadPoolExecutor senders;

	private boolean beating;

	private volatile boolean running;

	JobEvents(EventLoop loop, JobsProperties properties) {
		this.loop = loop;
		this.interval = properties.eventInterval();
		this.maxStreams = properties.maxStreams();
		this.senders = new ThreadPoolExecutor(0, this.maxStreams, 10, TimeUnit.SECONDS, new SynchronousQueue<>(),
				new CustomizableThreadFactory("job-events-"), new ThreadPoolExecutor.DiscardPolicy());
	}

	/**
	 * Send the news of a feed to a client, until the feed ends.
	 * @param feed the feed
	 * @return the answer to the client
	 */
	SseEmitter follow(Feed feed) {
		if (!this.running) {
			throw JobProblem.shuttingDown();
		}
		if (this.streams.size() >= this.maxStreams) {
			throw JobProblem.tooManyStreams();
		}
		EventStream[] stream = new EventStream[1];
		stream[0] = new EventStream(feed, () -> this.streams.remove(stream[0]));
		this.streams.add(stream[0]);
		this.loop.callSoonThreadsafe(this::beat);
		return stream[0].emitter();
	}

	private void beat() {
		if (!this.beating && !this.streams.isEmpty()) {
			this.beating = true;
			this.streams.forEach((stream) -> this.senders.execute(stream::send));
			this.loop.callLater(this.interval, () -> {
				this.beating = false;
				beat();
			});
		}
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.streams.forEach(EventStream::close);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public void destroy() {
		this.senders.shutdown();
	}

}
