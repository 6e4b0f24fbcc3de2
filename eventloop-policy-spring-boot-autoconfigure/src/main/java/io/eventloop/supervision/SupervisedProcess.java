package io.eventloop.supervision;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;

/**
 * A program that is kept running: started, waited for until it is ready, watched, and
 * started again when it ends. <pre>{@code
 * SupervisedProcess pylsp = SupervisedProcess.create(loop, "pylsp",
 *     SupervisionSettings.of(SubprocessSpec.exec("pylsp")).output(SupervisedOutput.CHANNEL));
 * Generation server = pylsp.start().join();
 * }</pre> Each child is a {@link Generation}. One ends with its whole tree, and the next
 * one is launched after that.
 * <p>
 * May be used from any thread. All futures complete, with a {@link SupervisionException}
 * if the process has failed, is stopped or its loop is closed meanwhile.
 *
 * @since 0.1.0
 */
public interface SupervisedProcess {

	/**
	 * Create a supervised process, which is not started yet.
	 * @param loop the loop that it runs on
	 * @param name its name, for logs, messages and meters
	 * @param settings what it runs, and how
	 * @param dependencies what is started, and waited for until it is ready, before it
	 * @return the process
	 */
	static SupervisedProcess create(EventLoop loop, String name, SupervisionSettings settings,
			SupervisedProcess... dependencies) {
		return LoopSupervisedProcess.create(loop, name, settings, List.of(dependencies));
	}

	/**
	 * Return its name.
	 * @return the name
	 */
	String name();

	/**
	 * Return the loop that it runs on.
	 * @return the loop
	 */
	EventLoop loop();

	/**
	 * Return what is started before it, and stopped after it.
	 * @return its dependencies
	 */
	List<SupervisedProcess> dependencies();

	/**
	 * Start it, unless it is started, with what it depends on.
	 * @return as {@link #whenReady()}
	 */
	LoopFuture<Generation> start();

	/**
	 * Stop it: end its child, with its tree, by its teardown. What waits for its
	 * readiness fails.
	 * @return done when nothing of it is left
	 */
	LoopFuture<Void> stop();

	/**
	 * End its child, if there is one, and start it again, without delay. Forgets earlier
	 * failures.
	 * @return completes with the next generation, as {@link #whenReady()}
	 */
	LoopFuture<Generation> restart();

	/**
	 * Return a future of its readiness. One that has never been started is started.
	 * @return completes with the generation that is ready, now or after as many starts as
	 * it takes; fails if it has failed, or is stopped
	 */
	LoopFuture<Generation> whenReady();

	/**
	 * Return the generation that is ready.
	 * @return the generation, empty if none is
	 */
	Optional<Generation> current();

	/**
	 * Return its state.
	 * @return the state
	 */
	default SupervisionState state() {
		return status().state();
	}

	/**
	 * Return its state, and how it came to that.
	 * @return a snapshot
	 */
	SupervisionStatus status();

	/**
	 * Call back for each generation that becomes ready, and for the one that is; on the
	 * loop.
	 * @param callback what to call
	 */
	void onReady(Consumer<? super Generation> callback);

	/**
	 * Tell a listener of each change of the state from now on.
	 * @param listener the listener
	 */
	void addListener(SupervisionListener listener);

	/**
	 * Remove a listener.
	 * @param listener the listener
	 * @return whether it was there
	 */
	boolean removeListener(SupervisionListener listener);

}
