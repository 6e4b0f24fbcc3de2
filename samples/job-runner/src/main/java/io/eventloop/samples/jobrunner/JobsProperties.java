package io.eventloop.samples.jobrunner;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;

/**
 * The commands and their limits.
 *
 * @param commands the catalogue, by name
 * @param maxBodySize the maximum size of a body
 * @param maxOutputSize the maximum size of a job's output, standard output and error
 * together
 * @param minFreeSpace the space to leave free on the disk
 * @param concurrency how many jobs run at a time; others are queued
 * @param maxQueued how many jobs may be queued; more are refused
 * @param history how many finished jobs are kept, with their output
 * @param replyWait how long an answer waits for the job to finish, so that the answer to
 * a quick command includes its output
 * @param cancelGrace how long a cancelled job may take to exit before it is killed
 * @param eventInterval the time between two progress events of a job
 * @param maxStreams how many clients may follow events at a time
 * @param directory the directory of the instance's files, of its database unless there is
 * another, and of the store unless that is elsewhere
 * @param instance the name of this instance, unique in the cluster; made from the host's
 * name if it is not set
 * @param address the URL at which other instances reach this one, for the output of jobs
 * that it runs
 * @param polling how jobs are taken from the database
 * @param pollInterval the time between two polls for jobs that other instances have added
 * @param heartbeat the time between two renewals of a job's lease; a job whose lease was
 * not renewed for four of them is taken over
 * @param clockMargin by how much the clocks of instance and database may differ
 * @param drain how long running jobs may take to finish at shutdown, before they are
 * given back
 * @param blobs the store of inputs and outputs
 */
@ConfigurationProperties("jobs")
record JobsProperties(Map<String, CommandProperties> commands, @DefaultValue("4GB") DataSize maxBodySize,
		@DefaultValue("4GB") DataSize maxOutputSize, @DefaultValue("256MB") DataSize minFreeSpace,
		@DefaultValue("256") int concurrency, @DefaultValue("1000") int maxQueued, @DefaultValue("2000") int history,
		@Name("wait") @DefaultValue("2s") Duration replyWait, @DefaultValue("5s") Duration cancelGrace,
		@DefaultValue("250ms") Duration eventInterval, @DefaultValue("64") int maxStreams,
		@DefaultValue("job-runner-data") Path directory, @Nullable String instance, @Nullable URI address,
		@DefaultValue("fetch") Polling polling, @DefaultValue("1s") Duration pollInterval,
		@DefaultValue("5s") Duration heartbeat, @DefaultValue("1s") Duration clockMargin,
		@DefaultValue("3s") Duration drain, @DefaultValue BlobProperties blobs) {

	/**
	 * How jobs are taken from the database.
	 */
	enum Polling {

		/** Read what is due, then lock each; for any database. */
		FETCH,

		/** Lock what is due while reading it; for databases with SKIP LOCKED. */
		LOCK_AND_FETCH

	}

	/**
	 * The store of inputs and outputs.
	 *
	 * @param directory a folder, shared by all instances; within the directory of the
	 * instance's files if it is not set
	 * @param endpoint the URL of an S3-compatible store, instead of a folder
	 * @param bucket the bucket there
	 * @param region the region there
	 * @param accessKey the access key; if it is not set, the AWS SDK finds one
	 * @param secretKey the secret of the access key
	 * @param partSize the size of the parts in which large objects are sent
	 */
	record BlobProperties(@Nullable Path directory, @Nullable URI endpoint, @DefaultValue("job-runner") String bucket,
			@DefaultValue("us-east-1") String region, @Nullable String accessKey, @Nullable String secretKey,
			@DefaultValue("8MB") DataSize partSize) {

		@Override
		public String toString() {
			return "BlobProperties[directory=%s, endpoint=%s, bucket=%s]".formatted(this.directory, this.endpoint,
					this.bucket);
		}

	}

	/**
	 * A command of the catalogue.
	 *
	 * @param exec the program and its arguments
	 * @param description a description for users
	 * @param input whether it reads input
	 * @param priority the rank of its jobs in the queue, higher first
	 * @param idempotent whether its jobs may be run again, after their instance has died
	 * or was shut down
	 * @param limit how many run at a time on all instances
	 * @param instanceLimit how many run at a time on one instance
	 */
	record CommandProperties(List<String> exec, @DefaultValue("") String description,
			@DefaultValue("true") boolean input, @DefaultValue("0") int priority,
			@DefaultValue("true") boolean idempotent, @Nullable Integer limit, @Nullable Integer instanceLimit) {

	}

}
