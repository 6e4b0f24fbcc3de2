package io.eventloop.samples.benchmarks.contender;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.nuprocess.NuProcess;
import com.zaxxer.nuprocess.NuProcessBuilder;

/**
 * Children of NuProcess, which always gives them pipes.
 */
final class NuChildren implements ChildProgram {

	private static final int KILLED = 9;

	private final List<NuProcess> idle = new ArrayList<>();

	private CountDownLatch idleAlive = new CountDownLatch(0);

	private final AtomicInteger wrong = new AtomicInteger();

	@Override
	public void run(Job job, int count, int inFlight) throws InterruptedException {
		Semaphore free = new Semaphore(inFlight);
		for (int i = 0; i < count; i++) {
			free.acquire();
			NuChild child = new NuChild(job.mode(), job.expected(i), (right) -> {
				count(right);
				free.release();
			});
			start(new NuProcessBuilder(child, job.program(i)));
		}
		free.acquire(inFlight);
	}

	@Override
	public void startIdle(int count) {
		CountDownLatch alive = new CountDownLatch(this.idle.size() + count);
		this.idleAlive = alive;
		for (int i = 0; i < count; i++) {
			NuChild child = new NuChild(Job.Mode.PIPES, KILLED, (right) -> {
				count(right);
				alive.countDown();
			});
			this.idle.add(start(new NuProcessBuilder(child, IDLE)));
		}
	}

	@Override
	public void killIdle() throws InterruptedException {
		this.idle.forEach((child) -> child.destroy(true));
		this.idleAlive.await();
		this.idle.clear();
	}

	@Override
	public int wrong() {
		return this.wrong.get();
	}

	private void count(boolean right) {
		if (!right) {
			this.wrong.incrementAndGet();
		}
	}

	private static NuProcess start(NuProcessBuilder builder) {
		NuProcess child = builder.start();
		if (child == null) {
			throw new IllegalStateException("NuProcess could not start " + builder.command());
		}
		return child;
	}

}
