package io.eventloop.supervision;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.ExceptionContext;

/**
 * Those who are told what becomes of a supervised process. An error of one of them is
 * reported, and keeps nothing from the others.
 */
final class SupervisionListeners {

	private final EventLoop loop;

	private final SupervisedProcess process;

	private final List<SupervisionListener> listeners = new CopyOnWriteArrayList<>();

	private final List<Consumer<? super Generation>> readyCallbacks = new CopyOnWriteArrayList<>();

	SupervisionListeners(EventLoop loop, SupervisedProcess process) {
		this.loop = loop;
		this.process = process;
	}

	void add(SupervisionListener listener) {
		this.listeners.add(listener);
	}

	boolean remove(SupervisionListener listener) {
		return this.listeners.remove(listener);
	}

	void add(Consumer<? super Generation> callback) {
		this.readyCallbacks.add(callback);
	}

	void changed(SupervisionState before, SupervisionState now) {
		this.listeners.forEach((listener) -> call(() -> listener.stateChanged(this.process, before, now)));
	}

	void ready(Generation generation) {
		this.readyCallbacks.forEach((callback) -> ready(callback, generation));
	}

	void ready(Consumer<? super Generation> callback, Generation generation) {
		call(() -> callback.accept(generation));
	}

	private void call(Runnable callback) {
		try {
			callback.run();
		}
		catch (RuntimeException ex) {
			this.loop.callExceptionHandler(ExceptionContext
				.of("A listener of supervised process %s failed".formatted(this.process.name()), ex));
		}
	}

}
