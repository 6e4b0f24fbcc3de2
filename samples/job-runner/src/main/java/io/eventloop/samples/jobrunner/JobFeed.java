package io.eventloop.samples.jobrunner;

import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The progress of one job, and its end.
 */
final class JobFeed implements Feed {

	private final Supplier<@Nullable JobView> job;

	private @Nullable JobView last;

	/**
	 * Create a feed.
	 * @param job shows the job, or nothing if it was removed or cannot be read
	 */
	JobFeed(Supplier<@Nullable JobView> job) {
		this.job = job;
	}

	@Override
	public List<Event> news() {
		JobView view = this.job.get();
		if (view == null || view.equals(this.last)) {
			return List.of();
		}
		this.last = view;
		return List.of(new Event(view.state().isFinal() ? "end" : "progress", view));
	}

	@Override
	public boolean isOver() {
		return this.last != null && this.last.state().isFinal();
	}

}
