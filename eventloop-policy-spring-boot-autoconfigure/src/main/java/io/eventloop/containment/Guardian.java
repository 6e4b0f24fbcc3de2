package io.eventloop.containment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.eventloop.Signal;
import io.eventloop.posix.ChildProcess;
import io.eventloop.posix.Descriptors;
import io.eventloop.posix.PosixPlatform;
import io.eventloop.posix.PosixSpawn;
import io.eventloop.posix.RedirectFile;
import io.eventloop.posix.SpawnRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shell that outlives this process, should it die without a word, and then ends
 * everything that has the guardian's mark: by SIGTERM, and by SIGKILL after a grace. It
 * leads a session of its own, ignores what a terminal or a supervisor sends, and holds no
 * descriptor but one end of a pipe, whose other end this process has; the end of that
 * pipe tells it of the death. There is one per process while anything holds it. May be
 * used from any thread.
 * <p>
 * It is a child of this process that no listener hears of, and that is in no count.
 */
final class Guardian {

	private static final Logger logger = LoggerFactory.getLogger(Guardian.class);

	private static final String SHELL = "/bin/sh";

	private static final String NAME = "eventloop-guardian";

	private static final String PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

	private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static @Nullable Guardian current;

	private final String mark = TreeMark.unique();

	private final Set<Cgroup> groups = new LinkedHashSet<>();

	private int holders;

	private Duration grace = Duration.ZERO;

	private @Nullable ChildProcess process;

	private int pipe;

	private long nextCheck;

	private boolean failed;

	private Guardian() {
	}

	/**
	 * Hold the guardian, and start it if this is the first to do so.
	 * @param grace how long what is left has between SIGTERM and SIGKILL; the longest of
	 * all counts
	 */
	static Guardian hold(Duration grace) {
		synchronized (Guardian.class) {
			if (current == null) {
				current = new Guardian();
			}
			current.holders++;
			current.takeOver(grace);
			return current;
		}
	}

	/**
	 * Return the one that runs.
	 */
	static Optional<GuardianProcess> running() {
		synchronized (Guardian.class) {
			Guardian known = current;
			ChildProcess shell = (known != null) ? known.process : null;
			return (known != null && shell != null) ? Optional.of(new GuardianProcess(shell.pid(), known.pipe))
					: Optional.empty();
		}
	}

	/**
	 * Hold it no longer. The last one ends it, and waits for its end.
	 */
	void release() {
		ChildProcess ended;
		synchronized (Guardian.class) {
			this.holders--;
			if (this.holders > 0) {
				return;
			}
			current = null;
			ended = this.process;
			this.process = null;
		}
		// Others are not to wait for it: a loop may be about to start a child
		if (ended != null) {
			end(ended);
		}
	}

	/**
	 * Return what the marks of the trees that it ends begin with.
	 */
	String mark() {
		return this.mark;
	}

	/**
	 * Have it end what is in a control group, too.
	 */
	void add(Cgroup group) {
		synchronized (Guardian.class) {
			this.groups.add(group);
			if (this.process != null) {
				tell(text(group));
			}
		}
	}

	/**
	 * The control group was removed.
	 */
	void remove(Cgroup group) {
		synchronized (Guardian.class) {
			this.groups.remove(group);
		}
	}

	private static String text(Cgroup group) {
		return "cgroup %s\n".formatted(group.path());
	}

	/**
	 * Start another one in its place if it was killed. Cheap, as it checks once a second.
	 */
	void check() {
		synchronized (Guardian.class) {
			if (this.holders > 0 && System.nanoTime() - this.nextCheck > 0) {
				this.nextCheck = System.nanoTime() + CHECK_NANOS;
				ChildProcess known = this.process;
				if (known != null && known.reap() != null) {
					logger.warn("The guardian, process {}, has ended; another one takes its place", known.pid());
					Descriptors.close(this.pipe);
					this.process = null;
				}
				start();
			}
		}
	}

	private void takeOver(Duration wanted) {
		if (wanted.compareTo(this.grace) > 0) {
			this.grace = wanted;
			if (this.process != null) {
				tell(graceText());
			}
		}
		start();
	}

	private void start() {
		if (this.process != null) {
			return;
		}
		try {
			this.process = spawn();
			tell("mark " + this.mark + "\n" + sessionText() + graceText());
			this.groups.forEach((group) -> tell(text(group)));
			this.nextCheck = System.nanoTime() + CHECK_NANOS;
			this.failed = false;
		}
		catch (IOException | RuntimeException ex) {
			if (!this.failed) {
				logger.warn("There is no guardian, so children live on if this JVM is killed: it needs {} and grep; "
						+ "set eventloop.kill-on-exit=false to do without", SHELL, ex);
			}
			this.failed = true;
		}
	}

	private ChildProcess spawn() throws IOException {
		PosixPlatform.require();
		Descriptors.Pipe ends = Descriptors.pipe();
		int none = RedirectFile.toNull();
		try {
			ChildProcess started = new PosixSpawn()
				.spawn(new SpawnRequest(SHELL, List.of("-c", script(), NAME), Map.of("PATH", PATH), Map.of(),
						Path.of("/"), ends.readEnd(), none, none, true, OptionalLong.empty(), List.of()));
			started.claimExit();
			this.pipe = ends.writeEnd();
			return started;
		}
		catch (IOException | RuntimeException ex) {
			Descriptors.close(ends.writeEnd());
			throw ex;
		}
		finally {
			Descriptors.close(ends.readEnd());
			Descriptors.close(none);
		}
	}

	private static String script() throws IOException {
		try (InputStream script = Guardian.class.getResourceAsStream("guardian.sh")) {
			if (script == null) {
				throw new IOException("guardian.sh is not in this library's jar");
			}
			return new String(script.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	/**
	 * Name the session that children are started in, and so much else.
	 */
	private static String sessionText() {
		return ProcessEntry.read((int) ProcessHandle.current().pid())
			.map((self) -> "session %d\n".formatted(self.session()))
			.orElse("");
	}

	private String graceText() {
		return "grace %d\n".formatted((this.grace.toMillis() + 999) / 1000);
	}

	private void tell(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
		ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
		try {
			Descriptors.write(this.pipe, buffer);
		}
		catch (IOException ex) {
			logger.debug("The guardian hears nothing", ex);
		}
	}

	private void end(ChildProcess known) {
		tell("end\n");
		Descriptors.close(this.pipe);
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (known.reap() == null) {
			if (System.nanoTime() - deadline > 0) {
				known.signal(Signal.SIGKILL);
				known.awaitExit();
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
		}
	}

}
