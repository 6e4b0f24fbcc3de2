package io.eventloop.supervision;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The supervised processes of an application, by their names. Immutable; may be used from
 * any thread.
 *
 * @since 0.1.0
 */
public final class SupervisedProcesses implements Iterable<SupervisedProcess> {

	private final Map<String, SupervisedProcess> processes = new LinkedHashMap<>();

	private SupervisedProcesses() {
	}

	/**
	 * Create a collection.
	 * @param processes the processes, in any order
	 * @return the collection
	 * @throws IllegalArgumentException if two have the same name
	 */
	public static SupervisedProcesses of(Collection<SupervisedProcess> processes) {
		SupervisedProcesses all = new SupervisedProcesses();
		processes.forEach((process) -> {
			if (all.processes.put(process.name(), process) != null) {
				throw new IllegalArgumentException(
						"Two supervised processes are named '%s'; rename one".formatted(process.name()));
			}
		});
		return all;
	}

	/**
	 * Return a process.
	 * @param name its name
	 * @return the process
	 * @throws IllegalArgumentException if there is none; the message lists those there
	 * are
	 */
	public SupervisedProcess get(String name) {
		SupervisedProcess process = this.processes.get(name);
		if (process == null) {
			throw new IllegalArgumentException("There is no supervised process named '%s'; %s".formatted(name,
					this.processes.isEmpty() ? "none was configured" : "use one of " + names()));
		}
		return process;
	}

	/**
	 * Return the names.
	 * @return the names of all processes
	 */
	public Set<String> names() {
		return Collections.unmodifiableSet(this.processes.keySet());
	}

	@Override
	public Iterator<SupervisedProcess> iterator() {
		return Collections.unmodifiableCollection(this.processes.values()).iterator();
	}

	/**
	 * Start all that are not started, each after what it depends on.
	 * @return done when all are ready; fails if one has failed, when the others are ready
	 * or have failed, too
	 */
	public CompletableFuture<Void> startAll() {
		return all(this.processes.values(), SupervisedProcess::start);
	}

	/**
	 * Stop all, each before what it depends on.
	 * @return done when nothing of them is left
	 */
	public CompletableFuture<Void> stopAll() {
		Map<SupervisedProcess, CompletableFuture<Void>> stops = new HashMap<>();
		return all(this.processes.values(), (process) -> stop(process, stops));
	}

	private CompletableFuture<Void> stop(SupervisedProcess process,
			Map<SupervisedProcess, CompletableFuture<Void>> stops) {
		CompletableFuture<Void> known = stops.get(process);
		if (known != null) {
			return known;
		}
		List<SupervisedProcess> dependents = this.processes.values()
			.stream()
			.filter((other) -> other.dependencies().contains(process))
			.toList();
		// What could not be stopped keeps nothing else from being stopped
		CompletableFuture<Void> stop = all(dependents, (other) -> stop(other, stops)).handle((done, failure) -> null)
			.thenCompose((done) -> process.stop());
		stops.put(process, stop);
		return stop;
	}

	private static CompletableFuture<Void> all(Collection<SupervisedProcess> processes,
			Function<SupervisedProcess, CompletableFuture<?>> action) {
		return CompletableFuture.allOf(processes.stream().map(action).toArray(CompletableFuture[]::new));
	}

	@Override
	public String toString() {
		return "SupervisedProcesses" + this.processes.keySet();
	}

}
