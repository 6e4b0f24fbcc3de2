package io.eventloop.samples.jobrunner;

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
 * @param directory the directory of the jobs' files, instead of the temporary directory
 */
@ConfigurationProperties("jobs")
record JobsProperties(Map<String, CommandProperties> commands, @DefaultValue("4GB") DataSize maxBodySize,
		@DefaultValue("4GB") DataSize maxOutputSize, @DefaultValue("256MB") DataSize minFreeSpace,
		@DefaultValue("256") int concurrency, @DefaultValue("1000") int maxQueued, @DefaultValue("2000") int history,
		@Name("wait") @DefaultValue("2s") Duration replyWait, @DefaultValue("5s") Duration cancelGrace,
		@DefaultValue("250ms") Duration eventInterval, @DefaultValue("64") int maxStreams, @Nullable Path directory) {

	/**
	 * A command of the catalogue.
	 *
	 * @param exec the program and its arguments
	 * @param description a description for users
	 * @param input whether it reads input
	 */
	record CommandProperties(List<String> exec, @DefaultValue("") String description,
			@DefaultValue("true") boolean input) {

	}

}
