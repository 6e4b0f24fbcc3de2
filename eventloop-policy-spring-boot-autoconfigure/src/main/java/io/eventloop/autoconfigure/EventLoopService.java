package io.eventloop.autoconfigure;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.EventLoops;
import io.eventloop.LoopContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loops of an application context in service: runs the main one, and takes all
 * of the policy's out of service step by step, see {@link ServiceState}. Each step may be
 * taken again, and from any thread; one that is behind the present state does nothing.
 */
final class EventLoopService {

	private static final Logger logger = LoggerFactory.getLogger(EventLoopService.class);

	private static final String STOPPED = "The application context is stopping or stopped, and its event loops start no child processes; start them earlier, or give the bean that does a higher phase";

	private static final String CLOSED = "The event loop is closed, as its application context is; use it while the context is open";

	private final PolicyInstallation installation;

	private final LoopCondition condition;

	private final Grace grace;

	private @Nullable EventLoop mainLoop;

	private @Nullable EventLoop own;

	private @Nullable MainEventLoopThread thread;

	private volatile ServiceState state = ServiceState.RUNNING;

	/**
	 * Create the service.
	 * @param installation of the policy whose loops these are
	 * @param condition is told what becomes of the main loop
	 * @param gracePeriod how long all steps may take together
	 */
	EventLoopService(PolicyInstallation installation, LoopCondition condition, Duration gracePeriod) {
		this.installation = installation;
		this.condition = condition;
		this.grace = new Grace(gracePeriod);
	}

	EventLoopPolicy policy() {
		return this.installation.policy();
	}

	ServiceState state() {
		return this.state;
	}

	/**
	 * Run the main loop from now on, in a thread of its own, unless it runs already.
	 * @param loop the loop
	 */
	synchronized void run(EventLoop loop) {
		this.mainLoop = loop;
		if (this.state == ServiceState.CLOSED) {
			return;
		}
		if (loop.isRunning()) {
			logger.debug("{} runs already", loop);
			return;
		}
		MainEventLoopThread started = new MainEventLoopThread(this.installation.policy(), loop, this.condition);
		this.thread = started;
		started.start();
	}

	/**
	 * Make a loop and run it from now on.
	 * @param factory makes it
	 */
	EventLoop runOwn(Supplier<EventLoop> factory) {
		EventLoop loop = factory.get();
		try {
			this.own = loop;
			run(loop);
			return loop;
		}
		catch (RuntimeException | Error ex) {
			loop.close();
			throw ex;
		}
	}

	/**
	 * Use a loop of the application's as the main one. It runs from the start of the
	 * context, as only then it is known whether the application runs it.
	 * @param loop the loop, or {@code null} for none
	 */
	synchronized void use(@Nullable EventLoop loop) {
		if (loop == null) {
			logger.debug("No main event loop to run: there is no unique EventLoop bean");
		}
		this.mainLoop = loop;
	}

	/**
	 * Return whether this is the main loop, and the application's.
	 */
	synchronized boolean isForeign(Object bean) {
		return bean == this.mainLoop && bean != this.own;
	}

	/**
	 * Take the loops into service, or into service again.
	 */
	synchronized void start() {
		if (this.state == ServiceState.CLOSED) {
			return;
		}
		this.state = ServiceState.RUNNING;
		this.grace.reset();
		this.installation.activate();
		loops().forEach(EventLoop::acceptSubprocesses);
		if (this.mainLoop != null) {
			run(this.mainLoop);
		}
	}

	/**
	 * Start no more children.
	 */
	synchronized void refuse() {
		if (advance(ServiceState.REFUSING)) {
			loops().forEach((loop) -> loop.refuseSubprocesses(STOPPED));
		}
	}

	/**
	 * Wait for what runs in the executors of the loops, for half of the time there is.
	 * @param blocked the loop whose thread waits for this, if one does
	 */
	void awaitExecutorWork(@Nullable EventLoop blocked) {
		long begin = System.nanoTime();
		new ExecutorWorkShutdown(loops(), blocked, this.grace.half()).await(() -> this.state == ServiceState.REFUSING);
		synchronized (this) {
			this.grace.spentSince(begin);
		}
	}

	/**
	 * End the children.
	 * @param blocked the loop whose thread waits for this, if one does
	 */
	synchronized void endChildren(@Nullable EventLoop blocked) {
		refuse();
		if (!advance(ServiceState.ENDING)) {
			return;
		}
		long begin = System.nanoTime();
		new ChildrenShutdown(loops(), blocked, this.grace.deadline()).run(() -> advance(ServiceState.KILLING));
		this.grace.spentSince(begin);
	}

	/**
	 * End the children of loops whose hosts are about to end.
	 */
	synchronized void endChildrenOf(Collection<? extends EventLoop> guests) {
		long begin = System.nanoTime();
		guests.forEach((guest) -> guest.refuseSubprocesses(STOPPED));
		new ChildrenShutdown(List.copyOf(guests), EventLoops.findRunningLoop(), this.grace.deadline())
			.run(() -> logger.debug("Children on {} are killed", guests));
		this.grace.spentSince(begin);
	}

	/**
	 * Let the policy of another context be in force, while this one rests.
	 */
	synchronized void rest() {
		this.installation.rest();
	}

	/**
	 * End the children, and stop and close the loops.
	 * @param blocked the loop whose thread waits for this, if one does
	 */
	synchronized void close(@Nullable EventLoop blocked) {
		if (this.state == ServiceState.CLOSED) {
			return;
		}
		Set<EventLoop> loops = loops();
		try {
			endChildren(blocked);
		}
		finally {
			this.state = ServiceState.CLOSED;
			this.condition.close();
			new DroppedWork(loops).report();
			stop(loops);
			loops.forEach(this::closeLoop);
		}
	}

	private void stop(Set<EventLoop> loops) {
		Deadline deadline = this.grace.deadline();
		MainEventLoopThread main = this.thread;
		if (main != null) {
			main.closeAtEnd(CLOSED);
		}
		new LoopsShutdown(loops, deadline,
				(loop) -> (main != null && main.runs(loop)) ? main.stack() : "its thread is the application's")
			.run();
		if (main != null) {
			main.join(deadline);
		}
	}

	private void closeLoop(EventLoop loop) {
		try {
			if (loop.isHosted()) {
				logger.debug("{} is left to its host, and to its policy", loop);
			}
			else if (loop.isRunning()) {
				loop.retire(CLOSED);
			}
			else {
				loop.close(CLOSED);
			}
		}
		catch (RuntimeException | Error ex) {
			logger.warn("Closing {} failed", loop, ex);
		}
	}

	private boolean advance(ServiceState next) {
		boolean ahead = next.compareTo(this.state) > 0;
		if (ahead) {
			logger.debug("The event loops go from {} to {}", this.state, next);
			this.state = next;
		}
		return ahead;
	}

	private synchronized Set<EventLoop> loops() {
		Set<EventLoop> loops = Collections.newSetFromMap(new IdentityHashMap<>());
		if (this.mainLoop != null) {
			loops.add(this.mainLoop);
		}
		this.installation.policy().contexts().stream().map(LoopContext::loop).forEach(loops::add);
		return loops;
	}

}
