package io.eventloop.samples.benchmarks.contender;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import io.eventloop.samples.benchmarks.contender.Job.Mode;

/**
 * Children of {@link ProcessBuilder}.
 */
final class JdkChildren implements ChildProgram {

	static final int KILLED = 128 + 9;

	private final boolean pumping;

	private final List<Process> idle = new ArrayList<>();

	private final AtomicInteger wrong = new AtomicInteger();

	private final ExecutorService readers = Executors.newCachedThreadPool(JdkChildren::daemon);

	/**
	 * Create the program.
	 * @param pumping whether a thread writes a child's input, as it must where that is
	 * larger than a pipe
	 */
	JdkChildren(boolean pumping) {
		this.pumping = pumping;
	}

	@Override
	public void run(Job job, int count, int inFlight) throws Exception {
		if (inFlight > 1) {
			runAtOnce(job, count, inFlight);
			return;
		}
		for (int i = 0; i < count; i++) {
			if (!runToItsEnd(job, i)) {
				this.wrong.incrementAndGet();
			}
		}
	}

	private boolean runToItsEnd(Job job, int index) throws Exception {
		Process child = start(job.program(index), job.mode());
		boolean right = switch (job.mode()) {
			case INHERITED -> true;
			case PIPES -> {
				child.getOutputStream().close();
				yield output(child).length == 0;
			}
			case EXCHANGE -> {
				if (this.pumping) {
					new Thread(() -> write(child), "pump").start();
				}
				else {
					// No more than fits into a pipe, so that no second thread is needed
					write(child);
				}
				yield Arrays.equals(output(child), Job.INPUT);
			}
		};
		return child.waitFor() == job.expected(index) && right;
	}

	@Override
	public void read(int megabytes) throws Exception {
		readToItsEnd(new ProcessBuilder(ChildProgram.writing(megabytes)).start(), megabytes);
	}

	@Override
	public void readThroughAnother(int megabytes) throws Exception {
		List<Process> children = ProcessBuilder.startPipeline(List
			.of(new ProcessBuilder(ChildProgram.writing(megabytes)), new ProcessBuilder(ChildProgram.PASSING_ON)));
		readToItsEnd(children.get(1), megabytes);
		if (children.get(0).waitFor() != 0) {
			this.wrong.incrementAndGet();
		}
	}

	/**
	 * As people do: a thread per child, as an output may be larger than a pipe.
	 */
	@Override
	public void readAtOnce(int children) throws Exception {
		List<Future<Integer>> outputs = new ArrayList<>();
		for (int i = 0; i < children; i++) {
			Process child = new ProcessBuilder(WRITING_OUTPUT).start();
			outputs.add(this.readers.submit(() -> output(child).length + child.waitFor()));
		}
		for (Future<Integer> output : outputs) {
			if (output.get() != OUTPUT) {
				this.wrong.incrementAndGet();
			}
		}
	}

	private void readToItsEnd(Process child, int megabytes) throws Exception {
		byte[] buffer = new byte[OutputCounter.SIZE];
		long all = 0;
		try (InputStream output = child.getInputStream()) {
			for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
				all += count;
			}
		}
		if (child.waitFor() != 0 || all != megabytes * 1_000_000L) {
			this.wrong.incrementAndGet();
		}
	}

	private static Thread daemon(Runnable work) {
		Thread thread = new Thread(work, "reader");
		thread.setDaemon(true);
		return thread;
	}

	private static void write(Process child) {
		try (OutputStream stdin = child.getOutputStream()) {
			stdin.write(Job.INPUT);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] output(Process child) throws IOException {
		byte[] output = child.getInputStream().readAllBytes();
		child.getErrorStream().readAllBytes();
		child.getInputStream().close();
		child.getErrorStream().close();
		return output;
	}

	private void runAtOnce(Job job, int count, int inFlight) throws Exception {
		Semaphore free = new Semaphore(inFlight);
		for (int i = 0; i < count; i++) {
			free.acquire();
			int expected = job.expected(i);
			start(job.program(i), job.mode()).onExit().thenAccept((child) -> {
				if (child.exitValue() != expected) {
					this.wrong.incrementAndGet();
				}
				free.release();
			});
		}
		free.acquire(inFlight);
	}

	private static Process start(String program, Mode mode) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(program);
		return ((mode == Mode.INHERITED) ? builder.inheritIO() : builder).start();
	}

	@Override
	public void startIdle(int count) throws IOException {
		for (int i = 0; i < count; i++) {
			this.idle.add(new ProcessBuilder(IDLE).inheritIO().start());
		}
	}

	@Override
	public void killIdle() throws InterruptedException {
		this.idle.forEach(Process::destroyForcibly);
		for (Process child : this.idle) {
			if (child.waitFor() != KILLED) {
				this.wrong.incrementAndGet();
			}
		}
		this.idle.clear();
	}

	@Override
	public int wrong() {
		return this.wrong.get();
	}

}
