package io.eventloop.subprocess;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.ExceptionContext;
import io.eventloop.SubprocessConnection;
import io.eventloop.SubprocessProtocol;
import io.eventloop.SubprocessSpec;
import io.eventloop.SubprocessTransport;
import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/**
 * Run in a JVM of its own, with a small heap: runs out of memory, or of stack, in
 * whatever a user gives to a loop, and says what becomes of the loop, of the child whose
 * protocol that was, and of another child.
 */
final class VirtualMachineErrors {

	private static volatile Object sink;

	private VirtualMachineErrors() {
	}

	public static void main(String[] arguments) throws Exception {
		WatcherKind kind = WatcherKind.valueOf(arguments[0]);
		for (Failure failure : Failure.values()) {
			for (String where : List.of("callback", "timer", "exceptionHandler")) {
				try (Scene scene = new Scene(kind)) {
					System.out.println("%s in %s: %s".formatted(failure, where, scene.fail(where, failure)));
				}
			}
			for (String where : List.of("connectionMade", "pipeDataReceived", "pipeConnectionLost", "processExited",
					"connectionLost")) {
				try (Scene scene = new Scene(kind)) {
					System.out.println("%s in %s: %s".formatted(failure, where, scene.failInProtocol(where, failure)));
				}
			}
			if (kind != WatcherKind.NONE) {
				try (Scene scene = new Scene(kind)) {
					System.out.println("%s in childExited: %s".formatted(failure, scene.failInChildHandler(failure)));
				}
			}
		}
		System.exit(0);
	}

	/**
	 * How it fails.
	 */
	private enum Failure {

		MEMORY {

			@Override
			void fail() {
				sink = new long[1 << 28];
			}

		},

		STACK {

			@Override
			void fail() {
				fail();
				sink = null;
			}

		};

		abstract void fail();

	}

	/**
	 * A loop with a child that should not suffer.
	 */
	private static final class Scene implements AutoCloseable {

		private final List<ExceptionContext> errors = new CopyOnWriteArrayList<>();

		private final CompletableFuture<Throwable> left = new CompletableFuture<>();

		private final ChildWatcher watcher;

		private final EventLoop loop;

		private final CompletableFuture<Integer> other;

		Scene(WatcherKind kind) throws Exception {
			this.watcher = kind.create();
			this.loop = kind.newLoop();
			this.loop.setExceptionHandler((failed, error) -> this.errors.add(error));
			Thread thread = new Thread(this::run, "loop");
			thread.setDaemon(true);
			thread.start();
			if (this.watcher != null) {
				EventLoops.setChildWatcher(this.watcher);
				this.loop.callSoonThreadsafe(() -> this.watcher.attachLoop(this.loop));
			}
			this.other = this.loop.subprocess(SubprocessSpec.exec("/bin/cat").pipes())
				.get(20, TimeUnit.SECONDS)
				.onDrained();
		}

		private void run() {
			try {
				this.loop.runForever();
			}
			catch (Throwable ex) {
				this.left.complete(ex);
			}
			finally {
				this.loop.close();
			}
		}

		String fail(String where, Failure failure) throws Exception {
			switch (where) {
				case "callback" -> this.loop.callSoonThreadsafe(failure::fail);
				case "timer" ->
					this.loop.callSoonThreadsafe(() -> this.loop.callLater(Duration.ofMillis(1), failure::fail));
				default -> this.loop.callSoonThreadsafe(() -> {
					this.loop.setExceptionHandler((failed, error) -> {
						this.errors.add(error);
						failure.fail();
					});
					throw new IllegalStateException("to be handled");
				});
			}
			return result("");
		}

		String failInProtocol(String where, Failure failure) throws Exception {
			SubprocessConnection<FailingProtocol> connection = this.loop
				.subprocessExec(() -> new FailingProtocol(where, failure),
						SubprocessSpec.shell("echo data; read line").pipes())
				.get(20, TimeUnit.SECONDS);
			CompletableFuture<Integer> drained = connection.transport().onDrained();
			if (!where.equals("pipeDataReceived") && !where.equals("connectionMade")) {
				connection.transport().terminate();
			}
			else if (failure == Failure.STACK) {
				await().until(() -> !this.errors.isEmpty());
				connection.transport().terminate();
			}
			drained.get(20, TimeUnit.SECONDS);
			return result(", the child has ended");
		}

		String failInChildHandler(Failure failure) throws Exception {
			CompletableFuture<Void> called = new CompletableFuture<>();
			CompletableFuture<Integer> drained = new CompletableFuture<>();
			this.loop.subprocessExec(() -> new SubprocessProtocol() {

				@Override
				public void connectionMade(SubprocessTransport transport) {
					watcher.addChildHandler(transport.pid(), (exit) -> {
						called.complete(null);
						failure.fail();
					});
				}

			}, SubprocessSpec.exec("/bin/true")).whenComplete((connection, error) -> drained.complete(0));
			drained.get(20, TimeUnit.SECONDS);
			called.get(20, TimeUnit.SECONDS);
			return result("");
		}

		private String result(String child) throws Exception {
			try {
				Throwable error = this.left.get(300, TimeUnit.MILLISECONDS);
				return "left for %s, closed%s, the other child has ended with its loop %d"
					.formatted(error.getClass().getSimpleName(), child, this.other.get(20, TimeUnit.SECONDS));
			}
			catch (TimeoutException ex) {
				return "running %s, %s%s, the other child %s".formatted(this.loop.isRunning(),
						this.errors.isEmpty() ? "silent" : "handled", child,
						this.other.isDone() ? "has ended" : "lives");
			}
		}

		@Override
		public void close() {
			if (!this.loop.isClosed()) {
				this.loop.callSoonThreadsafe(this.loop::stop);
				await().until(this.loop::isClosed);
			}
			EventLoops.setChildWatcher(null);
		}

	}

	/**
	 * A protocol that fails in one of its methods.
	 *
	 * @param where in which
	 */
	private record FailingProtocol(String where, Failure failure) implements SubprocessProtocol {

		@Override
		public void connectionMade(SubprocessTransport transport) {
			failIn("connectionMade");
		}

		@Override
		public void pipeDataReceived(int fd, byte[] data) {
			failIn("pipeDataReceived");
		}

		@Override
		public void pipeConnectionLost(int fd, @Nullable Throwable exception) {
			failIn("pipeConnectionLost");
		}

		@Override
		public void processExited() {
			failIn("processExited");
		}

		@Override
		public void connectionLost(@Nullable Throwable exception) {
			failIn("connectionLost");
		}

		private void failIn(String method) {
			if (this.where.equals(method)) {
				this.failure.fail();
			}
		}

	}

}
