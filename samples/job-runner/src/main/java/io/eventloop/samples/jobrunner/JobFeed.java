package io.eventloop.samples.jobrunner;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The progress of one job, and its end.
 */
final class JobFeed implements Feed {

	private final Job job;

	private @Nullable JobView last;

	JobFeed(Job job) {
		this.job = job;
	}

	@Override
	public List<Event> news() {
		JobView view = JobView.of(this.job);
		if (view.equals(this.last)) {
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
