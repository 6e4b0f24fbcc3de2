package io.eventloop.subprocess;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.ExceptionContext;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessConnection;
import io.eventloop.SubprocessProtocol;
import io.eventloop.SubprocessSpec;
import io.eventloop.testsupport.Leftovers;
import io.eventloop.testsupport.RequireIoUring;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A loop that runs in a thread of its own during a test. Afterwards it is closed, and no
 * descriptor, child or thread may be left, and no error unseen.
 */
public final class LoopExtension implements BeforeEachCallback, AfterEachCallback {

	public final List<ExceptionContext> errors = new CopyOnWriteArrayList<>();

	private final WatcherKind kind;

	private final UnaryOperator<ChildWatcher> wrapper;

	private Leftovers before;

	private ChildWatcher watcher;

	private EventLoop loop;

	private Thread thread;

	public LoopExtension(WatcherKind kind) {
		this(kind, UnaryOperator.identity());
	}

	LoopExtension(WatcherKind kind, UnaryOperator<ChildWatcher> wrapper) {
		this.kind = kind;
		this.wrapper = wrapper;
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		RequireIoUring.forWatcher(this.kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
		this.before = Leftovers.now();
		this.watcher = this.wrapper.apply(this.kind.create());
		this.loop = this.kind.newLoop();
		this.loop.setExceptionHandler((failed, error) -> this.errors.add(error));
		this.thread = new Thread(this.loop::runForever, "eventloop-under-test");
		if (this.watcher != null) {
			EventLoops.setChildWatcher(this.watcher);
			this.loop.callSoonThreadsafe(() -> this.watcher.attachLoop(this.loop));
		}
		this.thread.start();
	}

	@Override
	public void afterEach(ExtensionContext context) throws Exception {
		if (this.thread == null) {
			return;
		}
		close();
		EventLoops.setChildWatcher(null);
		EventLoops.setEventLoopPolicy(null);
		assertThat(this.errors).as("errors that no test expected").isEmpty();
		this.before.assertNothingWasAdded();
	}

	/**
	 * Stop and close the loop before the test has ended.
	 */
	public void close() throws InterruptedException {
		if (!this.loop.isClosed()) {
			stop();
			this.loop.close();
		}
	}

	/**
	 * Stop the loop before the test has ended.
	 */
	void stop() throws InterruptedException {
		if (this.thread.isAlive()) {
			this.loop.callSoonThreadsafe(this.loop::stop);
			this.thread.join();
		}
	}

	public EventLoop loop() {
		return this.loop;
	}

	public ChildWatcher watcher() {
		return this.watcher;
	}

	/**
	 * Return what there was before the test.
	 */
	public Leftovers before() {
		return this.before;
	}

	/**
	 * Return the code of a child that a signal has killed.
	 */
	public int killedBy(int signal) {
		return this.kind.killedBy(signal);
	}

	/**
	 * Skip the test where java.lang.Process cannot do what it shows.
	 */
	public void requireWatcher(String what) {
		Assumptions.assumeTrue(this.watcher != null, () -> "java.lang.Process " + what);
	}

	/**
	 * Skip the test where threads read and write the pipes, and do not see all of it.
	 */
	void requireWatchedPipes(String what) {
		requireWatcher(what);
		Assumptions.assumeTrue(this.kind != WatcherKind.NETTY_NIO, () -> "a thread " + what);
	}

	Subprocess start(SubprocessSpec spec) {
		return this.loop.subprocess(spec).join();
	}

	Subprocess shell(String command) {
		return start(SubprocessSpec.shell(command).pipes());
	}

	<P extends SubprocessProtocol> SubprocessConnection<P> connect(P protocol, SubprocessSpec spec) {
		return this.loop.subprocessExec(() -> protocol, spec).join();
	}

	/**
	 * Call it on the loop.
	 */
	public <T> T call(Callable<T> call) throws Exception {
		CompletableFuture<T> result = new CompletableFuture<>();
		this.loop.callSoonThreadsafe(() -> {
			try {
				result.complete(call.call());
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		});
		return result.get(10, TimeUnit.SECONDS);
	}

	/**
	 * Run it on the loop, and what was scheduled before it.
	 */
	public void run(Runnable call) throws Exception {
		call(() -> {
			call.run();
			return null;
		});
	}

}
