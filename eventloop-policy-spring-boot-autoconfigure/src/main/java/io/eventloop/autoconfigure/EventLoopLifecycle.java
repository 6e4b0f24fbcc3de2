package io.eventloop.autoconfigure;

import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * The event loops' part in the phases of the application context. In its phase, which
 * comes after that of the web server and of the task executors, new children are refused
 * and the work in the loops' executors is waited for. Where the context is only stopped
 * or paused, the children end there too; where it closes, they may be used by the destroy
 * methods of other beans, see {@link EventLoopDestruction}. The loops run on.
 */
final class EventLoopLifecycle implements SmartLifecycle {

	/**
	 * Below that of the task executors and schedulers, half of the highest.
	 */
	static final int PHASE = Integer.MAX_VALUE / 2 - 4096;

	private static final Logger logger = LoggerFactory.getLogger(EventLoopLifecycle.class);

	private final EventLoopService service;

	private final ConfigurableApplicationContext context;

	private volatile boolean running;

	/**
	 * Create the lifecycle.
	 * @param service what to start and stop
	 * @param context whose lifecycle this is
	 */
	EventLoopLifecycle(EventLoopService service, ConfigurableApplicationContext context) {
		this.service = service;
		this.context = context;
	}

	@Override
	public void start() {
		if (!this.running) {
			this.service.start();
			this.running = true;
		}
	}

	@Override
	public void stop() {
		if (this.running) {
			this.running = false;
			stop(EventLoops.findRunningLoop());
		}
	}

	/**
	 * Stop in a thread of its own, so that Spring can go on when the time for the phase
	 * is over.
	 */
	@Override
	public void stop(Runnable callback) {
		if (!this.running) {
			callback.run();
			return;
		}
		this.running = false;
		EventLoop blocked = EventLoops.findRunningLoop();
		Thread thread = new Thread(() -> {
			try {
				stop(blocked);
			}
			catch (RuntimeException | Error ex) {
				logger.warn("Stopping the event loops failed", ex);
			}
			finally {
				callback.run();
			}
		}, "eventloop-shutdown-0");
		thread.setDaemon(true);
		thread.start();
	}

	private void stop(@Nullable EventLoop blocked) {
		boolean closing = this.context.isClosed();
		this.service.refuse();
		this.service.awaitExecutorWork(blocked);
		if (!closing) {
			this.service.endChildren(blocked);
			this.service.rest();
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

}
