package io.eventloop.samples.jobrunner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The progress of all jobs, and the removal of old ones.
 */
final class JobListFeed implements Feed {

	private final JobSnapshot jobs;

	private final JobViews views;

	private final Map<Long, JobView> told = new HashMap<>();

	JobListFeed(JobSnapshot jobs, JobViews views) {
		this.jobs = jobs;
		this.views = views;
	}

	@Override
	public List<Event> news() {
		List<Event> news = new ArrayList<>();
		Set<Long> removed = new HashSet<>(this.told.keySet());
		for (Job job : this.jobs.all()) {
			removed.remove(job.id());
			JobView last = this.told.get(job.id());
			if (last == null || !last.state().isFinal()) {
				JobView view = this.views.of(job);
				if (!view.equals(last)) {
					this.told.put(job.id(), view);
					news.add(new Event("job", view));
				}
			}
		}
		removed.forEach((id) -> news.add(new Event("removed", this.told.remove(id).id())));
		return news;
	}

	@Override
	public boolean isOver() {
		return false;
	}

}
