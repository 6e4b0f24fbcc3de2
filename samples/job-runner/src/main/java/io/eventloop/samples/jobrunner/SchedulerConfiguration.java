package io.eventloop.samples.jobrunner;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * The scheduler: one table, from which all instances take what is due. A thread waits for
 * each job that runs here, which db-scheduler wants; it needs little stack.
 */
@Configuration(proxyBeanMethods = false)
class SchedulerConfiguration {

	private static final int STACK = 256 * 1024;

	/**
	 * The part of its places that an instance keeps filled: with less, it takes more as
	 * soon as a job ends, and does not wait for its next poll.
	 */
	private static final double FILLED = 0.9;

	@Bean
	JobScheduler scheduler(DataSource dataSource, JobAttempts attempts, Cluster cluster, JobsProperties properties) {
		return new JobScheduler(() -> create(dataSource, attempts, cluster, properties));
	}

	private static Scheduler create(DataSource dataSource, JobAttempts attempts, Cluster cluster,
			JobsProperties properties) {
		CustomTask<Void> task = Tasks.custom(JobQueue.TASK, Void.class)
			.onFailure(new FailureHandler.OnFailureRetryLater<>(properties.pollInterval()))
			.onDeadExecution(attempts::dead)
			.execute(attempts::execute);
		SchedulerBuilder builder = Scheduler.create(new TransactionAwareDataSourceProxy(dataSource), task)
			.schedulerName(new SchedulerName.Fixed(cluster.name()))
			.threads(properties.concurrency())
			.executorService(threads(properties.concurrency()))
			.pollingInterval(properties.pollInterval())
			.heartbeatInterval(properties.heartbeat())
			.missedHeartbeatsLimit(Cluster.MISSED_HEARTBEATS)
			.shutdownMaxWait(Duration.ofSeconds(5))
			.failureLogging(LogLevel.WARN, false)
			.enablePriority();
		return switch (properties.polling()) {
			case FETCH -> builder.pollUsingFetchAndLockOnExecute(FILLED, 1).build();
			case LOCK_AND_FETCH -> builder.pollUsingLockAndFetch(FILLED, 1).build();
		};
	}

	private static ExecutorService threads(int number) {
		AtomicInteger count = new AtomicInteger();
		ThreadPoolExecutor threads = new ThreadPoolExecutor(number, number, 10, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(),
				(task) -> new Thread(null, task, "job-run-" + count.incrementAndGet(), STACK));
		threads.allowCoreThreadTimeOut(true);
		return threads;
	}

}
