package io.eventloop.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.ProcessLookupException;
import io.eventloop.Signal;
import io.eventloop.SubprocessTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the children of event loops: SIGTERM to each, or to the group that it leads;
 * SIGKILL to what is left shortly before the deadline; and a line in the log that says
 * what had to be killed.
 */
final class ChildrenShutdown {

	private static final Logger logger = LoggerFactory.getLogger(ChildrenShutdown.class);

	private final Collection<EventLoop> loops;

	private final Deadline deadline;

	ChildrenShutdown(Collection<EventLoop> loops, Deadline deadline) {
		this.loops = loops;
		this.deadline = deadline;
	}

	void run() {
		List<Child> children = children();
		if (children.isEmpty()) {
			return;
		}
		logger.debug("Asking {} child processes to end", children.size());
		children.forEach((child) -> child.send(Signal.SIGTERM));
		await(children, this.deadline.withReserve());
		List<Child> left = children().stream().filter((child) -> child.transport.returnCode().isEmpty()).toList();
		if (!left.isEmpty()) {
			left.forEach((child) -> child.send(Signal.SIGKILL));
			logger.warn("Killed {} child processes that had not ended within {} ms: {}", left.size(),
					this.deadline.gracePeriod().toMillis(), pids(left));
			await(left, this.deadline.withMoment());
		}
	}

	private List<Child> children() {
		return this.loops.stream()
			.filter((loop) -> !loop.isClosed())
			.flatMap((loop) -> loop.subprocessTransports().stream().map((transport) -> Child.of(loop, transport)))
			.toList();
	}

	private static List<Long> pids(List<Child> children) {
		return children.stream().map((child) -> child.transport.pid()).toList();
	}

	private static void await(List<Child> children, Deadline deadline) {
		try {
			CompletableFuture.allOf(children.stream().map(Child::end).toArray(CompletableFuture<?>[]::new))
				.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			// The caller checks which children are left
		}
		catch (ExecutionException ex) {
			logger.debug("Waiting for child processes to end failed", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * A child to end.
	 *
	 * @param transport the child's transport
	 * @param end done when the child has ended
	 */
	private record Child(SubprocessTransport transport, CompletableFuture<?> end) {

		private static Child of(EventLoop loop, SubprocessTransport transport) {
			boolean told = loop.isRunning() && EventLoops.findRunningLoop() != loop && !ExitingLoops.any();
			return new Child(transport, told ? transport.onExit() : endOf(transport.pid()));
		}

		/**
		 * A loop that has died, or that waits for us, also in System.exit, does not tell
		 * that a child has ended. The JDK does, without reaping it.
		 */
		private static CompletableFuture<?> endOf(long pid) {
			return ProcessHandle.of(pid)
				.<CompletableFuture<?>>map(ProcessHandle::onExit)
				.orElseGet(() -> CompletableFuture.completedFuture(null));
		}

		private void send(Signal signal) {
			try {
				if (this.transport.leadsGroup()) {
					this.transport.sendSignalToGroup(signal);
				}
				else {
					this.transport.sendSignal(signal);
				}
			}
			catch (ProcessLookupException ex) {
				logger.trace("Child process {} has ended already", this.transport.pid());
			}
			catch (RuntimeException ex) {
				logger.warn("Child process {} could not be sent {}: {}", this.transport.pid(), signal, ex.getMessage());
			}
		}

	}

}
