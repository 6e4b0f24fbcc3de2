package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.LoopContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the main event loop while the application context runs. When the context stops,
 * the children of all loops of the policy are ended and the loops stopped; they may run
 * again if the context is started again. When it closes, the loops are closed.
 * <p>
 * Starts before and stops after the web server, with its graceful shutdown, and whatever
 * else has a usual phase.
 */
final class EventLoopLifecycle implements SmartLifecycle, DisposableBean {

	/**
	 * Below the web server's, which is 2048 below the default.
	 */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

	private static final Logger logger = LoggerFactory.getLogger(EventLoopLifecycle.class);

	private final EventLoopPolicy policy;

	private final @Nullable EventLoop mainLoop;

	private final Duration gracePeriod;

	private @Nullable MainEventLoopThread thread;

	private @Nullable LoopsShutdown shutdown;

	private volatile boolean running;

	/**
	 * Create the life cycle.
	 * @param policy whose loops to stop and close
	 * @param mainLoop the loop to run, or {@code null} for none
	 * @param gracePeriod how long stopping may take
	 */
	EventLoopLifecycle(EventLoopPolicy policy, @Nullable EventLoop mainLoop, Duration gracePeriod) {
		this.policy = policy;
		this.mainLoop = mainLoop;
		this.gracePeriod = gracePeriod;
	}

	@Override
	public void start() {
		if (this.running) {
			return;
		}
		if (this.shutdown != null) {
			this.shutdown.revoke();
		}
		if (this.mainLoop == null || this.mainLoop.isRunning()) {
			logger.debug("No main event loop to run: there is {}",
					(this.mainLoop == null) ? "no unique EventLoop bean" : "one that runs already");
		}
		else {
			MainEventLoopThread started = new MainEventLoopThread(this.policy, this.mainLoop);
			this.thread = started;
			started.start();
		}
		this.running = true;
	}

	@Override
	public void stop() {
		if (!this.running) {
			return;
		}
		Set<EventLoop> loops = loops();
		Deadline deadline = Deadline.in(this.gracePeriod);
		this.running = false;
		try {
			new ChildrenShutdown(loops, deadline).run();
		}
		finally {
			stop(loops, deadline);
		}
	}

	private void stop(Set<EventLoop> loops, Deadline deadline) {
		LoopsShutdown stopping = new LoopsShutdown(loops, deadline);
		this.shutdown = stopping;
		stopping.run();
		if (this.thread != null) {
			this.thread.join(deadline);
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public void destroy() {
		stop();
		if (this.thread != null) {
			close(this.thread);
		}
		for (EventLoop loop : loops()) {
			close(loop);
		}
	}

	private Set<EventLoop> loops() {
		Set<EventLoop> loops = Collections.newSetFromMap(new IdentityHashMap<>());
		if (this.mainLoop != null) {
			loops.add(this.mainLoop);
		}
		this.policy.contexts().stream().map(LoopContext::loop).forEach(loops::add);
		return loops;
	}

	private static void close(MainEventLoopThread ended) {
		try {
			ended.close();
		}
		catch (RuntimeException | Error ex) {
			logger.warn("Closing the main event loop failed", ex);
		}
	}

	private static void close(EventLoop loop) {
		try {
			if (!loop.isRunning()) {
				loop.close();
			}
		}
		catch (RuntimeException | Error ex) {
			logger.warn("Closing {} failed", loop, ex);
		}
	}

}
