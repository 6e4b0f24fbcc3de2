package io.eventloop.client.test;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

import io.eventloop.LoopFuture;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessConnection;
import io.eventloop.SubprocessProtocol;
import io.eventloop.SubprocessSpec;
import io.eventloop.SubprocessTransport;
import io.eventloop.loop.SelectorEventLoop;
import io.eventloop.subprocess.StreamedChild;

/**
 * A loop whose children are scripted, and whose time is virtual. It runs in a thread of
 * its own; where nothing is left to do it waits for other threads, or for time.
 */
final class ScriptedLoop extends SelectorEventLoop {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	/**
	 * Above what any system gives a process.
	 */
	private static final long FIRST_PID = 1L << 32;

	private final VirtualTime virtual;

	private final Script script;

	private final Set<ScriptedChild> children = ConcurrentHashMap.newKeySet();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private boolean quiet;

	private boolean woken;

	private long lastPid = FIRST_PID;

	private ScriptedLoop(VirtualTime virtual, Script script) {
		super(virtual, virtual);
		this.virtual = virtual;
		this.script = script;
		virtual.setUnlimited(true);
		virtual.whenIdle(this::idle, this::wake);
		setDefaultExecutor(new CallerExecutor());
		addCloseListener(this::loseChildren);
	}

	static ScriptedLoop of(Script script) {
		return new ScriptedLoop(new VirtualTime(null), script);
	}

	/**
	 * Wait for another thread, on the loop.
	 */
	private void idle() {
		this.lock.lock();
		try {
			this.quiet = true;
			this.changed.signalAll();
			while (!this.woken) {
				this.changed.awaitUninterruptibly();
			}
			this.woken = false;
			this.quiet = false;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void wake() {
		this.lock.lock();
		try {
			this.woken = true;
			this.quiet = false;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Let time pass by itself, or hold it.
	 */
	void setTimePasses(boolean passes) {
		this.virtual.setUnlimited(passes);
		wake();
	}

	/**
	 * Move the time, and wait until nothing is left to do then.
	 */
	void advance(Duration time) {
		if (isClosed()) {
			throw new IllegalStateException("The scripted client is closed, and its time stands still; move it before");
		}
		this.virtual.allow(time);
		wake();
		this.lock.lock();
		try {
			long left = PATIENCE.toNanos();
			while (!this.quiet || !this.virtual.isUsedUp()) {
				if (left <= 0) {
					throw new IllegalStateException(
							"The scripted client is still busy after %s; let its consumers and subscribers return"
								.formatted(PATIENCE));
				}
				left = this.changed.awaitNanos(left);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public LoopFuture<Subprocess> subprocess(SubprocessSpec spec) {
		return launch(() -> new StreamedChild(this, spec), StreamedChild::protocol, spec,
				(transport, streamed) -> streamed.over(transport));
	}

	@Override
	public <P extends SubprocessProtocol> LoopFuture<SubprocessConnection<P>> subprocessExec(
			Supplier<P> protocolFactory, SubprocessSpec spec) {
		return launch(protocolFactory, (protocol) -> protocol, spec, SubprocessConnection::new);
	}

	private <S, T> LoopFuture<T> launch(Supplier<S> factory, Function<S, SubprocessProtocol> protocol,
			SubprocessSpec spec, BiFunction<SubprocessTransport, S, T> view) {
		LoopFuture<T> result = createFuture();
		callSoonThreadsafe(() -> {
			if (result.isDone()) {
				return;
			}
			try {
				AskedCommand asked = new AskedCommand(spec);
				ScriptedAnswer answer = this.script.answer(asked);
				IOException failure = answer.startFailure();
				if (failure != null) {
					result.completeExceptionally(failure);
					return;
				}
				S made = factory.get();
				ScriptedChild child = new ScriptedChild(this, asked, answer, protocol.apply(made), ++this.lastPid);
				this.children.add(child);
				child.onExit().whenComplete((code, failed) -> this.children.remove(child));
				child.connect();
				result.complete(view.apply(child, made));
				child.play();
			}
			catch (RuntimeException ex) {
				result.completeExceptionally(ex);
			}
		});
		return result;
	}

	private void loseChildren() {
		IllegalStateException reason = new IllegalStateException(
				"The scripted client was closed while it had this child; let its commands end before");
		this.children.forEach((child) -> child.lose(reason));
	}

	@Override
	public Collection<SubprocessTransport> subprocessTransports() {
		return List.copyOf(this.children);
	}

	@Override
	public boolean supportsSubprocesses() {
		return true;
	}

	/**
	 * Run it in a thread of its own.
	 */
	Thread start() {
		Thread thread = new Thread(this::runForever, "eventloop-scripted-client");
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	/**
	 * End its run and close it.
	 */
	void close(Thread thread) {
		callSoonThreadsafe(this::stop);
		boolean interrupted = false;
		while (thread.isAlive()) {
			try {
				TimeUnit.MILLISECONDS.timedJoin(thread, PATIENCE.toMillis());
				break;
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		close();
	}

}
