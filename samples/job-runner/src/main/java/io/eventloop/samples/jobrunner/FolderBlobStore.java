package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

import org.springframework.util.FileSystemUtils;
import org.springframework.util.StreamUtils;

/**
 * Keeps objects as files: on one machine, or on several that share a file system.
 */
final class FolderBlobStore implements BlobStore {

	private static final String DRAFT = "draft-";

	private static final Duration STALE = Duration.ofHours(1);

	private final Path folder;

	FolderBlobStore(Path folder) throws IOException {
		this.folder = Files.createDirectories(folder).toRealPath();
	}

	/**
	 * A name appears only when its file is whole.
	 */
	@Override
	public void put(String key, Path file) throws IOException {
		Path target = this.folder.resolve(key);
		Files.createDirectories(target.getParent());
		try {
			Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (AtomicMoveNotSupportedException ex) {
			Path draft = Files.createTempFile(target.getParent(), DRAFT, null);
			try {
				Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING);
				Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
			}
			finally {
				Files.deleteIfExists(draft);
			}
		}
	}

	@Override
	public Path fetch(String key, Blob blob, Path target) throws IOException, BlobException {
		Path file = this.folder.resolve(key);
		try (InputStream in = Files.newInputStream(file)) {
			if (!Digests.copy(in, OutputStream.nullOutputStream()).equals(blob)) {
				throw BlobException.altered(key);
			}
			return file;
		}
		catch (NoSuchFileException ex) {
			if (!Files.isDirectory(this.folder)) {
				throw ex;
			}
			throw BlobException.missing(key);
		}
	}

	@Override
	public Optional<Path> file(String key) {
		return Optional.of(this.folder.resolve(key));
	}

	@Override
	public void copy(String key, long start, long end, OutputStream out) throws IOException {
		try (InputStream in = Files.newInputStream(this.folder.resolve(key))) {
			StreamUtils.copyRange(in, out, start, end - 1);
		}
	}

	@Override
	public void deleteAll(long id) throws IOException {
		FileSystemUtils.deleteRecursively(this.folder.resolve(Long.toString(id)));
	}

	/**
	 * A draft that has not been written to for an hour will not be finished.
	 */
	@Override
	public void deleteAborted() throws IOException {
		Instant stale = Instant.now().minus(STALE);
		try (Stream<Path> files = Files.walk(this.folder, 3)) {
			for (Path draft : files.filter((file) -> file.getFileName().toString().startsWith(DRAFT)).toList()) {
				if (Files.getLastModifiedTime(draft).toInstant().isBefore(stale)) {
					Files.delete(draft);
				}
			}
		}
	}

	@Override
	public void check() throws IOException {
		if (!Files.isWritable(this.folder)) {
			throw new IOException("The folder '%s' is not there or cannot be written to".formatted(this.folder));
		}
	}

}
