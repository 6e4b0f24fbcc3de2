package io.eventloop.subprocess;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.eventloop.ExitStatus;
import io.eventloop.memory.ClosingSteps;
import io.eventloop.memory.MemoryReserve;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads and initializes what is needed first when something has failed, while there are
 * descriptors and memory for it: a class whose initialization fails for want of memory
 * can never be used again, and a class in a folder is a file to be opened. A jar is open
 * already.
 *
 * @since 0.1.0
 */
public final class FailurePaths {

	private static final Logger logger = LoggerFactory.getLogger(FailurePaths.class);

	private static final String PACKAGE = "io/eventloop";

	/**
	 * Packages whose classes can be loaded without optional dependencies.
	 */
	private static final List<String> FOLDERS = List.of("", "posix", "selector", "subprocess", "loop", "watcher");

	/**
	 * What is initialized: of the JDK's and of ours, all without native code.
	 */
	private static final List<String> INITIALIZED = List.of("java.lang.CharacterData00",
			"io.eventloop.subprocess.KillAndReap", "io.eventloop.memory.ClosingSteps",
			"io.eventloop.subprocess.ProcessFailure", "io.eventloop.BrokenPipeException",
			"io.eventloop.ProcessLookupException", "io.eventloop.IncompleteReadException",
			"io.eventloop.ExitStatus$Lost", "io.eventloop.ExitStatus$Signaled", "io.eventloop.posix.Errno",
			"io.eventloop.posix.PosixException", "io.eventloop.posix.SpawnFailure",
			"io.eventloop.watcher.WaitingThreads", "io.eventloop.watcher.UndeliveredExits");

	static {
		INITIALIZED.forEach(FailurePaths::initialize);
		loadFolders();
		failOnce();
	}

	private FailurePaths() {
	}

	/**
	 * Prepare. Only the first call does.
	 */
	public static void prepare() {
		// The static initializer has done it
	}

	private static void initialize(String name) {
		try {
			Class.forName(name, true, FailurePaths.class.getClassLoader());
		}
		catch (ClassNotFoundException | LinkageError ex) {
			logger.debug("{} cannot be prepared", name, ex);
		}
	}

	private static void loadFolders() {
		CodeSource source = FailurePaths.class.getProtectionDomain().getCodeSource();
		if (source == null || source.getLocation() == null || !source.getLocation().getProtocol().equals("file")) {
			return;
		}
		try {
			Path root = Path.of(source.getLocation().toURI());
			if (Files.isDirectory(root)) {
				for (String folder : FOLDERS) {
					load(root, root.resolve(PACKAGE).resolve(folder));
				}
			}
		}
		catch (IOException | URISyntaxException ex) {
			logger.debug("The classes in {} cannot be prepared", source.getLocation(), ex);
		}
	}

	private static void load(Path root, Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".class")).toList()) {
				String name = root.relativize(file).toString();
				load(name.substring(0, name.length() - ".class".length()).replace('/', '.').replace('\\', '.'));
			}
		}
	}

	private static void load(String name) {
		try {
			Class.forName(name, false, FailurePaths.class.getClassLoader());
		}
		catch (ClassNotFoundException | LinkageError ex) {
			logger.trace("{} cannot be loaded", name, ex);
		}
	}

	/**
	 * Go once through what the JDK does for an error: its text, its trace, and futures
	 * that fail.
	 */
	private static void failOnce() {
		IOException cause = new IOException(
				"Process %d (%s) has failed: %s".formatted(1, "none", new ExitStatus.Lost("")));
		CompletableFuture<Object> future = new CompletableFuture<>();
		CompletableFuture<String> described = future.thenApply(Object::toString).handle((text, failure) -> {
			Throwable known = Objects.requireNonNullElse(failure.getCause(), failure);
			known.addSuppressed(new IllegalStateException(failure));
			return known + " at " + known.getStackTrace().length;
		});
		future.completeExceptionally(cause);
		ClosingSteps.run(MemoryReserve::restore);
		logger.trace("Prepared for {}", described);
	}

	/**
	 * Prepares when it is run. To use this prepares nothing yet. A failure harms neither
	 * the data nor the thread in whose way it happens.
	 */
	public static final class Preparation implements Runnable {

		/**
		 * Prepare now where each class is a file to be opened, which needs a descriptor
		 * when there may be none; from a jar, prepare before the memory that a child's
		 * data take may be missed, and soon in any case, out of the way of the first
		 * child.
		 */
		public static void inTime() {
			CodeSource source = Preparation.class.getProtectionDomain().getCodeSource();
			if (source == null || source.getLocation() == null || source.getLocation().getPath().endsWith("/")) {
				prepare();
			}
			else {
				MemoryReserve.prepare(new Preparation());
			}
		}

		@Override
		public void run() {
			try {
				prepare();
			}
			catch (RuntimeException | Error ex) {
				LoggerFactory.getLogger(Preparation.class).debug("What failures need cannot be prepared", ex);
			}
		}

	}

}
