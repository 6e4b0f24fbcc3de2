package io.eventloop.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.loop.LoopKind;
import io.eventloop.policy.DefaultEventLoopPolicy;
import io.eventloop.watcher.ThreadedChildWatcher;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What a scenario runs in: a thread that is the main one, a fresh policy, and a trace of
 * what happens, in the words of {@code oracle.py}.
 */
final class ScenarioContext implements AutoCloseable {

	private final LoopKind kind;

	private final List<String> trace = Collections.synchronizedList(new ArrayList<>());

	private final List<EventLoop> loops = Collections.synchronizedList(new ArrayList<>());

	ScenarioContext(LoopKind kind) {
		this.kind = kind;
		EventLoops.setEventLoopPolicy(new Policy(this));
		EventLoops.setChildWatcher(new ThreadedChildWatcher());
	}

	LoopKind kind() {
		return this.kind;
	}

	List<String> trace() {
		return List.copyOf(this.trace);
	}

	/**
	 * Make a loop that is closed with this context.
	 */
	EventLoop newLoop() {
		return EventLoops.newEventLoop();
	}

	void runOnce(EventLoop loop) {
		loop.stop();
		loop.runForever();
	}

	void say(@Nullable Object... words) {
		this.trace.add(Arrays.stream(words).map(ScenarioContext::text).collect(Collectors.joining(" ")));
	}

	Runnable saying(Object... words) {
		return () -> say(words);
	}

	void attempt(String what, Callable<?> call) {
		try {
			say(what, "gives", call.call());
		}
		catch (Throwable ex) {
			say(what, "raises", cause(ex));
		}
	}

	void attempt(String what, Action action) {
		attempt(what, () -> {
			action.run();
			return null;
		});
	}

	Runnable attempting(String what, Action action) {
		return () -> attempt(what, action);
	}

	static void fail() {
		throw new Oops();
	}

	static Throwable cause(Throwable ex) {
		return (ex instanceof CompletionException && ex.getCause() != null) ? ex.getCause() : ex;
	}

	static void inThread(Runnable code) {
		CompletableFuture.runAsync(code, (thread) -> new Thread(thread).start()).join();
	}

	@Override
	public void close() {
		this.loops.forEach(EventLoop::close);
		EventLoops.setChildWatcher(null);
		EventLoops.setEventLoopPolicy(null);
	}

	private static String text(@Nullable Object word) {
		if (word instanceof byte[] bytes) {
			return new String(bytes, UTF_8).replace('\n', '/');
		}
		if (word instanceof OptionalInt number) {
			return number.isPresent() ? String.valueOf(number.getAsInt()) : "null";
		}
		if (word instanceof List<?> list) {
			return list.stream().map(ScenarioContext::text).collect(Collectors.joining(", ", "[", "]"));
		}
		return (word instanceof Throwable ex) ? ex.getClass().getSimpleName() : String.valueOf(word);
	}

	/**
	 * Something that is done for its effect.
	 */
	@FunctionalInterface
	interface Action {

		void run() throws Exception;

	}

	/**
	 * The default policy, with loops of the scenario's kind.
	 */
	static class Policy extends DefaultEventLoopPolicy {

		private final ScenarioContext scenario;

		Policy(ScenarioContext scenario) {
			super(Thread.currentThread());
			this.scenario = scenario;
		}

		@Override
		protected EventLoop createEventLoop() {
			EventLoop loop = this.scenario.kind.newLoop();
			this.scenario.loops.add(loop);
			return loop;
		}

	}

}
