package io.eventloop;

import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * Where a child runs, and how it is ended there.
 *
 * @param directory its directory, {@code null} for this process's
 * @param environment its environment
 * @param newSession whether it leads a session of its own
 * @param group its process group, 0 for one of its own; empty for this process's
 * @param teardown how it is ended where the service stops, {@code null} for the service's
 * way
 * @param restrictions what it may not do
 * @param detached whether it outlives the service
 */
record SpecPlace(@Nullable Path directory, SpecEnvironment environment, boolean newSession, OptionalLong group,
		@Nullable Teardown teardown, ChildRestrictions restrictions, boolean detached) {

	static final SpecPlace INHERITED = new SpecPlace(null, SpecEnvironment.INHERITED, false, OptionalLong.empty(), null,
			ChildRestrictions.NONE, false);

	SpecPlace withDirectory(Path newDirectory) {
		Objects.requireNonNull(newDirectory, "'directory' must not be null");
		SpecTexts.requireDefault("Directory", newDirectory);
		return new SpecPlace(newDirectory, this.environment, this.newSession, this.group, this.teardown,
				this.restrictions, this.detached);
	}

	SpecPlace withEnvironment(SpecEnvironment newEnvironment) {
		return new SpecPlace(this.directory, newEnvironment, this.newSession, this.group, this.teardown,
				this.restrictions, this.detached);
	}

	SpecPlace withNewSession(boolean leads) {
		return new SpecPlace(this.directory, this.environment, leads, this.group, this.teardown, this.restrictions,
				this.detached);
	}

	SpecPlace withGroup(long newGroup) {
		if (newGroup < 0) {
			throw new IllegalArgumentException(
					"Process group %d is negative; pass a group's id, or 0 for a new one".formatted(newGroup));
		}
		return new SpecPlace(this.directory, this.environment, this.newSession, OptionalLong.of(newGroup),
				this.teardown, this.restrictions, this.detached);
	}

	SpecPlace withTeardown(Teardown ladder) {
		if (!ladder.kills()) {
			throw new IllegalArgumentException(
					"The teardown '%s' has no end, as a child may survive its last step; add thenKill()"
						.formatted(ladder));
		}
		return new SpecPlace(this.directory, this.environment, this.newSession, this.group, ladder, this.restrictions,
				this.detached);
	}

	SpecPlace withRestrictions(ChildRestrictions newRestrictions) {
		Objects.requireNonNull(newRestrictions, "'restrictions' must not be null");
		return new SpecPlace(this.directory, this.environment, this.newSession, this.group, this.teardown,
				newRestrictions, this.detached);
	}

	SpecPlace withDetached() {
		return new SpecPlace(this.directory, this.environment, this.newSession, this.group, this.teardown,
				this.restrictions, true);
	}

}
