package io.eventloop.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.eventloop.Signal;
import io.eventloop.Teardown;
import org.jspecify.annotations.Nullable;

/**
 * How long a command may take, how many may run, and how one is ended.
 *
 * @param timeout the time for everything
 * @param teardown how it is ended
 * @param drainTimeout how long the end of its output is awaited after its exit
 * @param endTree whether what it has left running is ended
 * @param limits how many may run
 */
record CommandBounds(@Nullable Duration timeout, Teardown teardown, Duration drainTimeout, boolean endTree,
		List<ConcurrencyLimit> limits) {

	static final CommandBounds DEFAULT = new CommandBounds(null,
			Teardown.closeInput(Duration.ofSeconds(1)).then(Signal.SIGTERM, Duration.ofSeconds(5)).thenKill(),
			Duration.ofSeconds(2), false, List.of());

	CommandBounds withTimeout(Duration other) {
		if (other.isNegative() || other.isZero()) {
			throw new IllegalArgumentException(
					"A timeout of %s gives a command no time; give it more than zero, or no timeout".formatted(other));
		}
		return new CommandBounds(other, this.teardown, this.drainTimeout, this.endTree, this.limits);
	}

	CommandBounds withTeardown(Teardown other) {
		if (!other.kills()) {
			throw new IllegalArgumentException(
					"The teardown '%s' has no end, as a child may survive its last step; add thenKill()"
						.formatted(other));
		}
		return new CommandBounds(this.timeout, other, this.drainTimeout, this.endTree, this.limits);
	}

	CommandBounds withDrainTimeout(Duration other) {
		if (other.isNegative()) {
			throw new IllegalArgumentException(
					"A drain timeout of %s is negative; give zero to wait for nothing after the exit".formatted(other));
		}
		return new CommandBounds(this.timeout, this.teardown, other, this.endTree, this.limits);
	}

	CommandBounds withEndOfTree() {
		return new CommandBounds(this.timeout, this.teardown, this.drainTimeout, true, this.limits);
	}

	CommandBounds withLimit(ConcurrencyLimit limit) {
		List<ConcurrencyLimit> all = new ArrayList<>(this.limits);
		if (!all.contains(limit)) {
			all.add(limit);
		}
		return new CommandBounds(this.timeout, this.teardown, this.drainTimeout, this.endTree, List.copyOf(all));
	}

}
