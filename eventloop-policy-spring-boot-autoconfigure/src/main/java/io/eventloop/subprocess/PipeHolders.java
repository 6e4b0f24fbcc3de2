package io.eventloop.subprocess;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.eventloop.SubprocessTransport;
import io.eventloop.pipe.ReadPipeTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who holds the outputs of a child, as far as {@code /proc} shows it: processes that the
 * child has started, and that inherited them.
 *
 * @since 0.1.0
 */
public final class PipeHolders {

	private static final Logger logger = LoggerFactory.getLogger(PipeHolders.class);

	private static final Path PROC = Path.of("/proc");

	private final Set<String> pipes;

	private PipeHolders(Set<String> pipes) {
		this.pipes = pipes;
	}

	/**
	 * Note which pipes those are. On the loop, before they are closed.
	 * @param child the child
	 * @return who holds them
	 */
	public static PipeHolders of(SubprocessTransport child) {
		Set<String> pipes = new HashSet<>();
		for (int stream : new int[] { ChildStreams.STDOUT, ChildStreams.STDERR }) {
			if (child.pipeTransport(stream) instanceof ReadPipeTransport pipe && pipe.isOpen()) {
				String name = target(PROC.resolve("self/fd/" + pipe.fd()));
				if (name.startsWith("pipe:")) {
					pipes.add(name);
				}
			}
		}
		return new PipeHolders(pipes);
	}

	/**
	 * Find them, off the loop: every process is asked.
	 * @return such as {@code 4711 (sleep)}; empty if no process can be seen
	 */
	public List<String> find() {
		List<String> holders = new ArrayList<>();
		if (this.pipes.isEmpty()) {
			return holders;
		}
		String self = Long.toString(ProcessHandle.current().pid());
		try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
			for (Path process : processes) {
				String pid = process.getFileName().toString();
				if (!pid.equals(self) && holdsOne(process.resolve("fd"))) {
					holders.add("%s (%s)".formatted(pid, program(process)));
				}
			}
		}
		catch (IOException ex) {
			logger.debug("The processes cannot be listed", ex);
		}
		return holders;
	}

	private boolean holdsOne(Path descriptors) {
		try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
			for (Path link : links) {
				if (this.pipes.contains(target(link))) {
					return true;
				}
			}
		}
		catch (IOException | DirectoryIteratorException ex) {
			// It has ended, or belongs to another user
		}
		return false;
	}

	private static String program(Path process) {
		try {
			return Files.readString(process.resolve("comm"), StandardCharsets.ISO_8859_1).strip();
		}
		catch (IOException ex) {
			return "ended since";
		}
	}

	private static String target(Path link) {
		try {
			return Files.readSymbolicLink(link).toString();
		}
		catch (IOException ex) {
			// Closed since the listing
			return "";
		}
	}

}
