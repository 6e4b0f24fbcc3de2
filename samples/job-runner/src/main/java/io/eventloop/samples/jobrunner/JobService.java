package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.time.Duration;

import io.eventloop.samples.jobrunner.Job.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Service;
import org.springframework.util.unit.DataSize;

/**
 * Creates jobs from commands and uploads, and cancels them.
 */
@Service
class JobService implements Reception.Listener {

	private static final Logger logger = LoggerFactory.getLogger(JobService.class);

	private final JobTable table;

	private final JobQueries queries;

	private final JobQueue queue;

	private final JobRunner runner;

	private final JobEnds ends;

	private final JobViews views;

	private final Receptions receptions;

	private final Admission admission;

	private final JobsDirectory directory;

	private final BlobStore store;

	private final DiskSpace space;

	private final Background background;

	private final Cluster cluster;

	private final DataSize maxBodySize;

	private final Duration replyWait;

	JobService(JobTable table, JobQueries queries, JobQueue queue, JobRunner runner, JobEnds ends, JobViews views,
			Receptions receptions, Admission admission, JobsDirectory directory, BlobStore store, DiskSpace space,
			Background background, Cluster cluster, JobsProperties properties) {
		this.table = table;
		this.queries = queries;
		this.queue = queue;
		this.runner = runner;
		this.ends = ends;
		this.views = views;
		this.receptions = receptions;
		this.admission = admission;
		this.directory = directory;
		this.store = store;
		this.space = space;
		this.background = background;
		this.cluster = cluster;
		this.maxBodySize = properties.maxBodySize();
		this.replyWait = properties.replyWait();
	}

	/**
	 * Run the command on the body. The answer is the job, once the body is in the store
	 * and the job has finished or the waiting time is over, or as soon as it is
	 * cancelled.
	 * @param command the command
	 * @param upload the command's input
	 * @param expectedBytes the expected size of the body, if known
	 * @throws JobProblem if no job is created
	 */
	void submit(Command command, Upload upload, @Nullable Long expectedBytes) {
		this.space.require();
		this.admission.require();
		long id = this.table.add(command, this.cluster.name(), expectedBytes);
		try {
			JobFiles files = this.directory.create("body-" + id);
			Reception reception = new Reception(id, command, files, this.maxBodySize, this.space, upload, this);
			this.receptions.add(reception);
			upload.start(reception);
		}
		catch (IOException ex) {
			JobProblem problem = this.space.problem(ex);
			this.table.end(id, State.QUEUED, State.CANCELLED, title(problem));
			throw problem;
		}
	}

	@Override
	public void whole(Reception reception) {
		this.background.run(() -> accept(reception)).whenComplete((accepted, failure) -> {
			this.receptions.remove(reception.id());
			delete(reception);
			if (failure != null) {
				JobProblem problem = JobProblem.of(failure);
				reception.upload().answer(problem);
				cancel(reception.id(), title(problem));
				return;
			}
			this.ends.await(reception.id(), this.replyWait).thenAccept((ended) -> answer(reception));
		});
	}

	private void accept(Reception reception) {
		Blob blob = reception.blob();
		try {
			if (blob.size() > 0) {
				this.store.put(reception.id() + "/input", reception.files().input().toPath());
			}
		}
		catch (IOException ex) {
			throw this.space.isShort() ? this.space.problem(ex) : JobProblem.storeAway(ex);
		}
		this.queue.add(reception.id(), reception.command(), blob);
	}

	/**
	 * The answer needs the database once more.
	 */
	private void answer(Reception reception) {
		this.background
			.supply(() -> this.queries.find(reception.id())
				.map(this.views::of)
				.orElseThrow(() -> JobProblem.unknownJob(Long.toString(reception.id()))))
			.whenComplete((view, failure) -> {
				if (failure == null) {
					reception.upload().answer(view);
				}
				else {
					reception.upload().answer(JobProblem.of(failure));
				}
			});
	}

	@Override
	public void broken(Reception reception, JobProblem problem) {
		cancel(reception.id(), title(problem));
	}

	/**
	 * Cancel a job whose body is not received any more. If the database is away, the
	 * sweep finds the job.
	 */
	private void cancel(long id, String reason) {
		this.background.run(() -> this.table.end(id, State.QUEUED, State.CANCELLED, reason))
			.whenComplete((cancelled, failure) -> {
				this.receptions.remove(id).ifPresent(JobService::delete);
				if (failure != null) {
					logger.warn("Job {} could not be cancelled yet: {}", id, failure.toString());
				}
			});
	}

	/**
	 * Cancel a job: at once if it waits, otherwise by the instance that runs it.
	 * @param job the job
	 * @param reason why
	 * @return the job afterwards
	 */
	Job cancel(Job job, String reason) {
		if (this.table.end(job.id(), State.QUEUED, State.CANCELLED, reason)) {
			this.ends.ended(job.id());
			this.receptions.remove(job.id()).ifPresent((reception) -> {
				delete(reception);
				answer(reception);
			});
		}
		else {
			this.table.requestCancel(job.id(), reason);
			this.runner.end(job.id(), new Outcome(State.CANCELLED, null, reason));
		}
		return this.queries.find(job.id()).orElse(job);
	}

	private static void delete(Reception reception) {
		new AttemptFiles(reception.files()).close();
	}

	private static String title(JobProblem problem) {
		return String.valueOf(problem.getBody().getTitle());
	}

}
