package io.eventloop.subprocess;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.eventloop.SubprocessSpec;
import org.jspecify.annotations.Nullable;

/**
 * Programs that took less than a millisecond to start the last time, from where they were
 * started and looked up, and that will not suddenly wait for a server: all of that is on
 * file systems of this machine. From any thread.
 */
final class QuickPrograms {

	private static final String PATH = "PATH";

	private static final int MAX = 256;

	static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private final Predicate<SubprocessSpec> isLocal;

	private final Map<String, Place> programs = new ConcurrentHashMap<>();

	/**
	 * Create the set.
	 * @param isLocal checks the file systems that starting a child depends on; may block,
	 * and is asked off the loop
	 */
	QuickPrograms(Predicate<SubprocessSpec> isLocal) {
		this.isLocal = isLocal;
	}

	boolean contains(SubprocessSpec spec) {
		Place known = this.programs.get(spec.program());
		return known != null && known.isOf(spec);
	}

	/**
	 * Note how long it took to start a child.
	 */
	void started(SubprocessSpec spec, long nanos) {
		if (nanos > QUICK_NANOS) {
			remove(spec);
		}
		else if (!contains(spec)) {
			add(spec);
		}
	}

	void remove(SubprocessSpec spec) {
		this.programs.remove(spec.program());
	}

	private void add(SubprocessSpec spec) {
		if (!this.isLocal.test(spec)) {
			remove(spec);
			return;
		}
		if (this.programs.size() >= MAX) {
			this.programs.clear();
		}
		this.programs.put(spec.program(), new Place(spec));
	}

	private static @Nullable String path(SubprocessSpec spec) {
		Map<String, String> environment = spec.environment();
		return (environment != null) ? environment.get(PATH) : spec.environmentChanges().get(PATH);
	}

	private static boolean hasOwnPath(SubprocessSpec spec) {
		return spec.environment() != null || spec.environmentChanges().containsKey(PATH);
	}

	/**
	 * Where a program was started from and looked up.
	 */
	private record Place(@Nullable Path directory, @Nullable String path, boolean ownPath) {

		private boolean isOf(SubprocessSpec spec) {
			return Objects.equals(this.directory, spec.directory()) && this.ownPath == hasOwnPath(spec)
					&& Objects.equals(this.path, QuickPrograms.path(spec));
		}

		private Place(SubprocessSpec spec) {
			this(spec.directory(), QuickPrograms.path(spec), hasOwnPath(spec));
		}

		@Override
		public String toString() {
			return "Place[directory=%s, ownPath=%s]".formatted(this.directory, this.ownPath);
		}

	}

}
